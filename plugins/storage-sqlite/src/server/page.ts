import { parseOrder, storageErrors } from '@parley/contracts';
import type { OrderKey, Page, Query, StoredRecord } from '@parley/contracts';
import { parseDoc } from './records.ts';
import type { SqlValue } from './sql-values.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';
import { compileWhere } from './where.ts';
import type { Sql } from './where.ts';

interface SortKey extends OrderKey {
  readonly expression: string;
}

const sortKeys = (layout: TableLayout, query: Query<StoredRecord>): readonly SortKey[] =>
  parseOrder(query, layout.entity).map((key) => ({ ...key, expression: layout.expression(key.field) }));

const signature = (keys: readonly SortKey[]): string => keys.map((key) => `${key.field}:${key.direction}`).join(',');

function toCursor(keys: readonly SortKey[], values: readonly SqlValue[]): string {
  const plain = values.map((value) => (value instanceof Uint8Array ? [Buffer.from(value).toString('hex')] : value));
  return Buffer.from(JSON.stringify([signature(keys), ...plain])).toString('base64url');
}

function parseCursor(layout: TableLayout, keys: readonly SortKey[], cursor: string): readonly SqlValue[] {
  const invalid = () =>
    storageErrors.INVALID({ entity: layout.entity, reason: 'after is not the next of a page in the same order' });
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw invalid();
  }
  if (!Array.isArray(parsed) || parsed.length !== keys.length + 1 || parsed[0] !== signature(keys)) throw invalid();
  return parsed.slice(1).map((value: unknown): SqlValue => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value;
    if (Array.isArray(value) && typeof value[0] === 'string') return Uint8Array.from(Buffer.from(value[0], 'hex'));
    throw invalid();
  });
}

/** What sorts strictly after `value`; a missing field sorts before every value. */
function after(key: SortKey, value: SqlValue): Sql {
  const { expression, direction } = key;
  if (direction === 'asc') {
    return value === null
      ? { text: `${expression} IS NOT NULL`, values: [] }
      : { text: `${expression} > ?`, values: [value] };
  }
  return value === null
    ? { text: '0', values: [] }
    : { text: `(${expression} < ? OR ${expression} IS NULL)`, values: [value] };
}

function afterAll(keys: readonly SortKey[], values: readonly SqlValue[]): Sql {
  const [key, ...restKeys] = keys;
  const [value = null, ...restValues] = values;
  if (key === undefined) return { text: '0', values: [] };
  const now = after(key, value);
  if (restKeys.length === 0) return now;
  const rest = afterAll(restKeys, restValues);
  return {
    text: `(${now.text} OR (${key.expression} IS ? AND ${rest.text}))`,
    values: [...now.values, value, ...rest.values],
  };
}

/**
 * The rest of the order after a cursor, in pieces that each are one range of an index on the first field: a plain `OR`
 * over present and missing values would read everything before the cursor again.
 */
function piecesAfter(keys: readonly SortKey[], values: readonly SqlValue[]): readonly Sql[] {
  const [key, ...restKeys] = keys;
  const [value = null, ...restValues] = values;
  if (key === undefined) return [];
  const isMissing: Sql = { text: `${key.expression} IS NULL`, values: [] };
  const isPresent: Sql = { text: `${key.expression} IS NOT NULL`, values: [] };
  const rest = afterAll(restKeys, restValues);
  if (value === null) {
    const missing = { text: `${isMissing.text} AND ${rest.text}`, values: rest.values };
    return key.direction === 'asc' ? [missing, isPresent] : [missing];
  }
  const sign = key.direction === 'asc' ? '>' : '<';
  const present = {
    text: `${key.expression} ${sign}= ? AND (${key.expression} ${sign} ? OR ${rest.text})`,
    values: [value, value, ...rest.values],
  };
  return key.direction === 'asc' || key.field === 'id' ? [present] : [present, isMissing];
}

/** One page of a collection. @throws STORAGE_INVALID */
export function findPage(statements: Statements, layout: TableLayout, query: Query<StoredRecord>): Page<StoredRecord> {
  const keys = sortKeys(layout, query);
  const where = compileWhere(layout, query.where);
  const pieces =
    query.after === undefined ? [{ text: '1', values: [] }] : piecesAfter(keys, parseCursor(layout, keys, query.after));
  const columns = keys.map((key) => key.expression).join(', ');
  const order = keys.map((key) => `${key.expression} ${key.direction}`).join(', ');
  const rows: SqlValue[][] = [];
  for (const piece of pieces) {
    if (rows.length > query.limit) break;
    const text = `SELECT doc, ${columns} FROM ${layout.quoted} WHERE ${where.text} AND ${piece.text} ORDER BY ${order} LIMIT ?`;
    const values = [...where.values, ...piece.values, query.limit + 1 - rows.length];
    rows.push(...(statements.get(text).all(...values) as unknown as SqlValue[][]));
  }
  const items = rows.slice(0, query.limit).map(([doc]) => parseDoc(doc as string));
  const lastRow = rows[query.limit - 1];
  return rows.length > query.limit && lastRow !== undefined
    ? { items, next: toCursor(keys, lastRow.slice(1)) }
    : { items };
}
