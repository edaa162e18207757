import type { Scalar } from '@parley/contracts';

/**
 * A field's value as SQLite compares it. A missing field is NULL and sorts first; then numbers, then texts by code point.
 * Booleans and JSON null are blobs of one byte or none, so that `true` is not the number 1 and a range of texts has an end.
 */
export type SqlValue = null | number | string | Uint8Array;

const NULL_BLOB = new Uint8Array(0);
const FALSE_BLOB = Uint8Array.of(0);
const TRUE_BLOB = Uint8Array.of(1);
const encoder = new TextEncoder();

/** One field of a record as its column holds it. */
export function toColumnValue(record: Readonly<Record<string, unknown>>, field: string): SqlValue {
  const value = record[field];
  if (typeof value === 'string') return value;
  // An inherited member is no field: `constructor` must be missing, not a function.
  if (value === undefined || !Object.hasOwn(record, field)) return null;
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? TRUE_BLOB : FALSE_BLOB;
    case 'object':
      return value === null ? NULL_BLOB : encoder.encode(`\u0002${JSON.stringify(value)}`);
    default:
      return null;
  }
}

/** A value of a filter as columns hold it. */
export function toComparable(value: Scalar): SqlValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value === null ? NULL_BLOB : value ? TRUE_BLOB : FALSE_BLOB;
}

/** The smallest text that is greater than every text with this prefix; `undefined` when there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (sign) => sign.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const last = points.pop() ?? 0;
    if (last >= 0x10ffff) continue;
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}
