import { storageErrors } from '@parley/contracts';
import type { StoredRecord } from '@parley/contracts';

/** `note` of `notes.note`: the name people know. */
export const entityOf = (collection: string): string => collection.slice(collection.lastIndexOf('.') + 1);

/** What a collection can not take. */
export const invalid = (collection: string, reason: string): Error =>
  storageErrors.INVALID({ entity: entityOf(collection), reason });

/** One field of a record. An inherited member is none: `constructor` must be missing, not a function. */
export const valueOf = (record: StoredRecord, field: string): unknown =>
  Object.hasOwn(record, field) ? record[field] : undefined;

/** A record that shares nothing with `record`. */
export const copyRecord = (record: StoredRecord): StoredRecord => JSON.parse(JSON.stringify(record)) as StoredRecord;

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
