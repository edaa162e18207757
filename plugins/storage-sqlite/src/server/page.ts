import { parseOrder, storageErrors } from '@parley/contracts';
import type { OrderKey, Page, Query, StoredRecord } from '@parley/contracts';
import { parseDoc } from './records.ts';
import type { RunStatement } from './run-statement.ts';
import type { SqlValue } from './sql-values.ts';
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

/** A part of a page's order that SQLite reads as one range of an index, and how it is ordered there. */
interface Piece extends Sql {
  readonly keys: readonly SortKey[];
  /** Few records have no value in a field that a unique index orders by. */
  readonly isRare?: boolean;
}

/**
 * Whether no two records that match have the same value in the first field of the order: a unique index has it, and its
 * other fields are fixed by the filter. Records without the field are not among them.
 */
function isDistinct(layout: TableLayout, fixed: ReadonlySet<string>, keys: readonly SortKey[]): boolean {
  const [key] = keys;
  if (key === undefined || keys.length !== 2) return false;
  return layout.collection.indexes.some(
    ({ fields, unique }) =>
      unique && fields.includes(key.field) && fields.every((field) => field === key.field || fixed.has(field)),
  );
}

/** Where nobody else has the same value, the id need not be looked at: SQLite would sort by it, record by record. */
function presentPiece(keys: readonly SortKey[], value: SqlValue | undefined, isAlone: boolean, rest: Sql): Piece {
  const [key] = keys as readonly [SortKey];
  const { expression, direction } = key;
  const sign = direction === 'asc' ? '>' : '<';
  const order = isAlone ? [key] : keys;
  if (value === undefined) return { text: `${expression} IS NOT NULL`, values: [], keys: order };
  if (isAlone) return { text: `${expression} ${sign} ?`, values: [value], keys: order };
  return {
    text: `${expression} ${sign}= ? AND (${expression} ${sign} ? OR ${rest.text})`,
    values: [value, value, ...rest.values],
    keys: order,
  };
}

/**
 * The order after a cursor, or all of it without one, in pieces that each are one range of an index on the first field:
 * a plain `OR` over present and missing values would read everything before the cursor again.
 */
function piecesOf(keys: readonly SortKey[], cursor: readonly SqlValue[] | undefined, isAlone: boolean): Piece[] {
  const [key, ...restKeys] = keys as readonly [SortKey, ...SortKey[]];
  if (cursor === undefined && !isAlone) return [{ text: '1', values: [], keys }];
  const [value, ...restValues] = cursor ?? [];
  const rest = afterAll(restKeys, restValues);
  const missing: Piece = { text: `${key.expression} IS NULL`, values: [], keys: restKeys, isRare: isAlone };
  if (value === null) {
    const further = { ...missing, text: `${missing.text} AND ${rest.text}`, values: rest.values };
    return key.direction === 'asc' ? [further, presentPiece(keys, undefined, isAlone, rest)] : [further];
  }
  const present = presentPiece(keys, value, isAlone, rest);
  if (key.field === 'id') return [present];
  if (key.direction === 'desc') return [present, missing];
  return value === undefined ? [missing, present] : [present];
}

/** One page of a collection. @throws STORAGE_INVALID */
export async function findPage(
  layout: TableLayout,
  query: Query<StoredRecord>,
  run: RunStatement,
): Promise<Page<StoredRecord>> {
  const keys = sortKeys(layout, query);
  const where = compileWhere(layout, query.where);
  const cursor = query.after === undefined ? undefined : parseCursor(layout, keys, query.after);
  const docs: string[] = [];
  for (const piece of piecesOf(keys, cursor, isDistinct(layout, where.fixed, keys))) {
    if (docs.length > query.limit) break;
    const order = piece.keys.map((key) => `${key.expression} ${key.direction}`).join(', ');
    const text = `SELECT doc FROM ${layout.quoted} WHERE ${where.text} AND ${piece.text} ORDER BY ${order} LIMIT ?`;
    const values = [...where.values, ...piece.values, query.limit + 1 - docs.length];
    const found = run(text, values, piece.isRare === true ? 'few' : where.text === '1' ? 'first' : 'any');
    for (const [doc] of found instanceof Promise ? await found : found) docs.push(doc as string);
  }
  const items = docs.slice(0, query.limit).map(parseDoc);
  const last = items.at(-1);
  if (docs.length <= query.limit || last === undefined) return { items };
  return {
    items,
    next: toCursor(
      keys,
      keys.map(({ field }) => layout.comparable(last, field)),
    ),
  };
}
