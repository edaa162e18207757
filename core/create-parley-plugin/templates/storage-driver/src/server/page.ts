import { parseOrder } from '@parley/contracts';
import type { OrderKey, Page, Query, StoredRecord } from '@parley/contracts';
import type { Table } from './state.ts';
import { compareValues, copyRecord, entityOf, invalid, valueOf } from './values.ts';
import { compileWhere } from './where.ts';

function compareBy(keys: readonly OrderKey[], one: StoredRecord, other: StoredRecord): number {
  for (const { field, direction } of keys) {
    const order = compareValues(valueOf(one, field), valueOf(other, field));
    if (order !== 0) return direction === 'asc' ? order : -order;
  }
  return 0;
}

/** Where a page ended: the order, and of its last record the fields that the order asks for. */
const toCursor = (keys: readonly OrderKey[], record: StoredRecord): string => {
  const fields = Object.fromEntries(keys.map(({ field }) => [field, valueOf(record, field)]));
  return Buffer.from(JSON.stringify([keys, fields])).toString('base64url');
};

function parseCursor(keys: readonly OrderKey[], cursor: string, collection: string): StoredRecord {
  try {
    const [order, fields] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, StoredRecord];
    if (JSON.stringify(order) === JSON.stringify(keys) && typeof fields.id === 'string') return fields;
  } catch {
    // Told below, as for a cursor of another order.
  }
  throw invalid(collection, '`after` is the `next` of a page in the same order');
}

/** One page of a table. @throws STORAGE_INVALID */
export function findPage(table: Table, query: Query<StoredRecord>, collection: string): Page<StoredRecord> {
  const { limit, after, where = {} } = query;
  const keys = parseOrder(query, entityOf(collection));
  const match = compileWhere(where, collection);
  const last = after === undefined ? undefined : parseCursor(keys, after, collection);
  const found = [...table.records.values()]
    .filter((record) => match(record) && (last === undefined || compareBy(keys, record, last) > 0))
    .toSorted((one, other) => compareBy(keys, one, other));
  const page = found.slice(0, limit);
  const items = page.map(copyRecord);
  const end = page.at(-1);
  return found.length > limit && end ? { items, next: toCursor(keys, end) } : { items };
}
