import { storageErrors } from '@parley/contracts';
import type { StoredRecord } from '@parley/contracts';

const FIELD = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** `note` of `notes.note`: the name people know. */
export const entityOf = (collection: string): string => collection.slice(collection.lastIndexOf('.') + 1);

/** What refuses a filter or a query on a collection. */
export type Refuse = (reason: string) => Error;

/** Makes errors about `collection`. */
export const createRefuse =
  (collection: string): Refuse =>
  (reason) =>
    storageErrors.INVALID({ entity: entityOf(collection), reason });

/** `name` when it names a field. @throws STORAGE_INVALID */
export function checkField(name: string, refuse: Refuse): string {
  if (FIELD.test(name)) return name;
  throw refuse(`a field is named with letters, digits and _, not ${JSON.stringify(name.slice(0, 80))}`);
}

/** One field of a record. An inherited member is none: `constructor` must be missing, not a function. */
export const valueOf = (record: StoredRecord, field: string): unknown =>
  Object.hasOwn(record, field) ? record[field] : undefined;

/** A record that shares nothing with `record`, as JSON holds it: no field is `undefined`. @throws STORAGE_INVALID */
export function copyRecord(record: StoredRecord, refuse: Refuse): StoredRecord {
  try {
    return JSON.parse(JSON.stringify(record)) as StoredRecord;
  } catch {
    throw refuse('the record is not JSON');
  }
}

/** A missing field comes first, then numbers, texts, null, false, true, and last what has no order. */
function rankOf(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return 2;
  if (value === null) return 3;
  return typeof value === 'boolean' ? 4 + Number(value) : 6;
}

/** Negative, 0 or positive: the order of `Query.sort`. */
export function compareValues(one: unknown, other: unknown): number {
  if (one === other) return 0;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  // The order of UTF-8's bytes is that of code points; the order of `<` is not.
  if (typeof one === 'string' && typeof other === 'string') return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return rankOf(one) - rankOf(other);
}
