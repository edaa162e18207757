import { storageErrors } from './storage-driver.ts';
import type { Query, StoredRecord, Where } from './storage-driver.ts';
import { toScalar } from './stored-values.ts';
import type { Scalar } from './stored-values.ts';

/** A filter as drivers read it: every name and value in it is checked. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'equals' | 'differs' | 'has'; readonly field: string; readonly value: Scalar }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly Scalar[] }
  | { readonly kind: 'gt' | 'gte' | 'lt' | 'lte'; readonly field: string; readonly value: string | number }
  | { readonly kind: 'prefix'; readonly field: string; readonly value: string }
  | { readonly kind: 'exists'; readonly field: string; readonly value: boolean };

/** One field that records are ordered by. */
export interface OrderKey {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

const FIELD = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const MAX_DEPTH = 32;
const MAX_IN = 10_000;
const MAX_LIMIT = 1_000;
const TESTS = ['in', 'not', 'gt', 'gte', 'lt', 'lte', 'prefix', 'exists', 'has'];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (entity: string, reason: string): Error => storageErrors.INVALID({ entity, reason });

/** `name` when filters, orders and indexes can name a field so. @throws STORAGE_INVALID */
export function checkField(name: string, entity: string): string {
  if (FIELD.test(name)) return name;
  throw invalid(entity, `a field is named with letters, digits and _, not ${JSON.stringify(name.slice(0, 80))}`);
}

function scalar(value: unknown, field: string, entity: string): Scalar {
  const kept = toScalar(value);
  if (kept !== undefined) return kept;
  const came = value === undefined ? 'undefined' : Array.isArray(value) ? 'a list' : `this ${typeof value}`;
  throw invalid(entity, `${field} is compared with a text, a finite number, true, false or null, not with ${came}`);
}

function listOf(values: unknown, field: string, entity: string): readonly Scalar[] {
  if (!Array.isArray(values) || values.length > MAX_IN) {
    throw invalid(entity, `${field}.in is a list of at most ${MAX_IN} values`);
  }
  return Array.from(values, (value: unknown) => scalar(value, field, entity));
}

function oneTest(field: string, test: string, operand: unknown, entity: string): Condition {
  if (test === 'in') return { kind: 'in', field, values: listOf(operand, field, entity) };
  if (test === 'exists') {
    if (typeof operand !== 'boolean') throw invalid(entity, `${field}.exists is true or false`);
    return { kind: 'exists', field, value: operand };
  }
  const value = scalar(operand, field, entity);
  if (test === 'not') return { kind: 'differs', field, value };
  if (test === 'has') return { kind: 'has', field, value };
  if (typeof value === 'string' && test === 'prefix') return { kind: 'prefix', field, value };
  if (test === 'prefix' || (typeof value !== 'string' && typeof value !== 'number')) {
    throw invalid(entity, `${field}.${test} takes a text${test === 'prefix' ? '' : ' or a number'}`);
  }
  return { kind: test as 'gt' | 'gte' | 'lt' | 'lte', field, value };
}

const all = (conditions: readonly Condition[]): Condition => {
  const [first] = conditions;
  return first !== undefined && conditions.length === 1 ? first : { kind: 'and', conditions };
};

function fieldTest(field: string, test: unknown, entity: string): Condition {
  if (!isObject(test)) return { kind: 'equals', field, value: scalar(test, field, entity) };
  const tests = Object.entries(test);
  const odd = tests.find(([name]) => !TESTS.includes(name));
  if (odd !== undefined || tests.length === 0) {
    const came = odd === undefined ? 'nothing' : JSON.stringify(odd[0].slice(0, 80));
    throw invalid(entity, `${field} is tested with ${TESTS.join(', ')}, not with ${came}`);
  }
  return all(tests.map(([name, operand]) => oneTest(field, name, operand, entity)));
}

function parse(where: unknown, entity: string, depth: number): Condition {
  if (!isObject(where)) throw invalid(entity, 'a filter is an object');
  if (depth > MAX_DEPTH) throw invalid(entity, `a filter is at most ${MAX_DEPTH} levels deep`);
  const parts = Object.entries(where).map(([name, value]): Condition => {
    if (name === 'not') return { kind: 'not', condition: parse(value, entity, depth + 1) };
    if (name !== 'and' && name !== 'or') return fieldTest(checkField(name, entity), value, entity);
    if (!Array.isArray(value)) throw invalid(entity, `${name} is a list of filters`);
    return { kind: name, conditions: Array.from(value, (filter: unknown) => parse(filter, entity, depth + 1)) };
  });
  return all(parts);
}

/**
 * A filter, read once for every driver, so that all refuse the same: `undefined`, which would widen it without a word,
 * unknown tests, odd names, values that nothing can be compared with, and more than 32 levels.
 * Shape: an `and` of nothing matches everything, an `or` of nothing matches nothing.
 * @throws STORAGE_INVALID naming the field
 */
export const parseWhere = (where: Where<StoredRecord>, entity: string): Condition => parse(where, entity, 0);

/**
 * The whole order of a query: its fields, each once, then the id in the direction of the last.
 * @throws STORAGE_INVALID also for a limit outside 1..1000
 */
export function parseOrder({ sort = [], limit }: Query<StoredRecord>, entity: string): readonly OrderKey[] {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw invalid(entity, `limit: expected a whole number from 1 to ${MAX_LIMIT}, got ${String(limit).slice(0, 80)}`);
  }
  const keys: OrderKey[] = [];
  for (const [field, direction] of sort) {
    if (direction !== 'asc' && direction !== 'desc') throw invalid(entity, 'a sort is asc or desc');
    if (keys.at(-1)?.field === 'id') break;
    if (!keys.some((key) => key.field === field)) keys.push({ field: checkField(field, entity), direction });
  }
  const last = keys.at(-1);
  if (last?.field !== 'id') keys.push({ field: 'id', direction: last?.direction ?? 'asc' });
  return keys;
}
