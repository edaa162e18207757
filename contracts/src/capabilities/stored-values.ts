import { storageErrors } from './storage-driver.ts';
import type { StoredRecord } from './storage-driver.ts';

/** What fields are compared with. */
export type Scalar = string | number | boolean | null;

// MongoDB takes 100 levels, the record and what a driver puts around it included.
const MAX_DEPTH = 80;

const describe = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Array.isArray(value) ? 'a list' : Object.prototype.toString.call(value).slice('[object '.length, -1);
};

/** `value` as a field holds it, when a field can be compared with it. */
export function toScalar(value: unknown): Scalar | undefined {
  // Text without lone surrogates, which is nearly all, comes back as the same string.
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value || 0 : undefined;
  return typeof value === 'boolean' || value === null ? value : undefined;
}

class NotStorable extends Error {}

const refuse = (path: string, came: string): never => {
  throw new NotStorable(`${path.slice(0, 200)}: expected what JSON can hold, got ${came}`);
};

function listOf(values: readonly unknown[], path: string, depth: number): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const kept = storable(value, path, depth + 1) ?? (value === null ? null : refuse(`${path}[${index}]`, 'undefined'));
    if (!Object.is(kept, value)) (copy ??= [...values])[index] = kept;
  }
  return copy ?? values;
}

// A record that was read or parsed has this prototype; one from another realm shows itself by its tag.
const isPlain = (value: object): boolean =>
  Object.getPrototypeOf(value) === Object.prototype ||
  (Object.prototype.toString.call(value) === '[object Object]' && !('toJSON' in value));

function objectOf(value: object, path: string, depth: number): object {
  if (!isPlain(value)) refuse(path, `a ${describe(value)}`);
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields);
  // Nearly all are as they are kept: nothing is made anew before the first that is not.
  let changed: Map<string, unknown> | undefined;
  for (const key of keys) {
    if (!key.isWellFormed()) refuse(path, 'a key with half a character (a lone surrogate)');
    const field = fields[key];
    const kept = storable(field, path === '' ? key : `${path}.${key}`, depth + 1);
    if (kept === undefined || !Object.is(kept, field)) (changed ??= new Map()).set(key, kept);
  }
  if (changed === undefined) return value;
  const all = keys.map((key) => [key, changed.has(key) ? changed.get(key) : fields[key]] as const);
  return Object.fromEntries(all.filter(([, field]) => field !== undefined));
}

function storable(value: unknown, path: string, depth: number): unknown {
  const scalar = toScalar(value);
  if (scalar !== undefined || value === undefined) return scalar;
  if (typeof value !== 'object') return refuse(path, describe(value));
  if (depth > MAX_DEPTH) return refuse(path, `more than ${MAX_DEPTH} levels`);
  return Array.isArray(value) ? listOf(value, path, depth) : objectOf(value as object, path, depth);
}

/**
 * A record as every driver keeps and returns it: fields that are undefined are gone, at any depth, -0 is 0 and a lone
 * surrogate is U+FFFD. What JSON would change in any other way is refused: NaN and infinite numbers, dates, functions,
 * holes of lists.
 * Shape: the record itself when there is nothing to change.
 * @throws STORAGE_INVALID naming the field
 */
export function toStored(record: StoredRecord, entity: string): StoredRecord {
  try {
    if (checkId(record.id, entity) === '') return refuse('id', 'an empty text');
    if (!Number.isSafeInteger(record.rev) || record.rev < 1) return refuse('rev', 'no whole number from 1');
    return objectOf(record, '', 0) as StoredRecord;
  } catch (error) {
    if (error instanceof NotStorable) throw storageErrors.INVALID({ entity, reason: error.message });
    throw error;
  }
}

/** `id` when a record can have it. @throws STORAGE_INVALID for anything but a text: it must not become a filter */
export function checkId(id: unknown, entity: string): string {
  if (typeof id === 'string' && id.isWellFormed()) return id;
  throw storageErrors.INVALID({ entity, reason: `id: expected a text, got ${describe(id)}` });
}
