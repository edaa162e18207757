import type { Page, Query, StoredRecord } from '@parley/contracts';
import type { Table } from './state.ts';
import { checkField, compareValues, copyRecord, valueOf } from './values.ts';
import type { Refuse } from './values.ts';
import { compileWhere } from './where.ts';

type SortKey = readonly [field: string, direction: 'asc' | 'desc'];

const MAX_LIMIT = 1_000;

function sortKeys(query: Query<StoredRecord>, refuse: Refuse): readonly SortKey[] {
  const keys = (query.sort ?? []).map(([field, direction]): SortKey => {
    if (direction !== 'asc' && direction !== 'desc') throw refuse(`the order of ${field} is asc or desc`);
    return [checkField(field, refuse), direction];
  });
  return [...keys, ['id', keys.at(-1)?.[1] ?? 'asc']];
}

function compareBy(keys: readonly SortKey[], one: StoredRecord, other: StoredRecord): number {
  for (const [field, direction] of keys) {
    const order = compareValues(valueOf(one, field), valueOf(other, field));
    if (order !== 0) return direction === 'asc' ? order : -order;
  }
  return 0;
}

/** Where a page ended: the order, and of its last record the fields that the order asks for. */
const toCursor = (keys: readonly SortKey[], record: StoredRecord): string => {
  const fields = Object.fromEntries(keys.map(([field]) => [field, valueOf(record, field)]));
  return Buffer.from(JSON.stringify([keys, fields])).toString('base64url');
};

function parseCursor(keys: readonly SortKey[], cursor: string, refuse: Refuse): StoredRecord {
  try {
    const [order, fields] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, StoredRecord];
    if (JSON.stringify(order) === JSON.stringify(keys) && typeof fields.id === 'string') return fields;
  } catch {
    // Told below, as for a cursor of another order.
  }
  throw refuse('`after` is the `next` of a page in the same order');
}

/** One page of a table. @throws STORAGE_INVALID */
export function findPage(table: Table, query: Query<StoredRecord>, refuse: Refuse): Page<StoredRecord> {
  const { limit, after, where = {} } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw refuse(`limit is 1..${MAX_LIMIT}, not ${limit}`);
  const keys = sortKeys(query, refuse);
  const match = compileWhere(where, refuse);
  const last = after === undefined ? undefined : parseCursor(keys, after, refuse);
  const found = [...table.records.values()]
    .filter((record) => match(record) && (last === undefined || compareBy(keys, record, last) > 0))
    .toSorted((one, other) => compareBy(keys, one, other));
  const page = found.slice(0, limit);
  const items = page.map((record) => copyRecord(record, refuse));
  const end = page.at(-1);
  return found.length > limit && end ? { items, next: toCursor(keys, end) } : { items };
}
