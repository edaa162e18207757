import type { Condition, OrderKey, StoredRecord } from '@parley/contracts';
import { valueOf } from './layout.ts';

/** Texts by code point: surrogates stand for points above all others, though their units are smaller. */
export function compareTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (a === b) continue;
    const [isHighA, isHighB] = [a >= 0xd800 && a <= 0xdfff, b >= 0xd800 && b <= 0xdfff];
    return isHighA === isHighB ? a - b : isHighA ? 1 : -1;
  }
  return one.length - other.length;
}

/** Kinds in MongoDB's order; null is kept as bytes. */
function rank(value: unknown): number {
  if (value === undefined) return 0;
  if (value === null) return 5;
  if (Array.isArray(value)) return 4;
  return { number: 1, string: 2, object: 3, boolean: 6 }[typeof value as 'number' | 'string' | 'object' | 'boolean'];
}

/** The order of two values of a field. */
export function compareValues(one: unknown, other: unknown): number {
  if (typeof one === 'string' && typeof other === 'string') return compareTexts(one, other);
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'boolean' && typeof other === 'boolean') return Number(one) - Number(other);
  return rank(one) - rank(other);
}

/** The order of two records. */
export function compareRecords(keys: readonly OrderKey[], one: StoredRecord, other: StoredRecord): number {
  for (const { field, direction } of keys) {
    const order = compareValues(valueOf(one, field), valueOf(other, field));
    if (order !== 0) return direction === 'asc' ? order : -order;
  }
  return 0;
}

function isBeside(value: unknown, operand: string | number, kind: 'gt' | 'gte' | 'lt' | 'lte'): boolean {
  if (typeof value !== typeof operand) return false;
  const order = compareValues(value, operand);
  return kind === 'gt' ? order > 0 : kind === 'gte' ? order >= 0 : kind === 'lt' ? order < 0 : order <= 0;
}

/** Whether `record` is one that the condition means; what `toFilter` asks of the database. */
export function matches(condition: Condition, record: StoredRecord): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((each) => matches(each, record));
    case 'or':
      return condition.conditions.some((each) => matches(each, record));
    case 'not':
      return !matches(condition.condition, record);
    default:
      return matchesField(condition, valueOf(record, condition.field));
  }
}

function matchesField(condition: Extract<Condition, { readonly field: string }>, value: unknown): boolean {
  switch (condition.kind) {
    case 'equals':
      return value === condition.value;
    case 'differs':
      return value !== condition.value;
    case 'in':
      return (condition.values as readonly unknown[]).includes(value);
    case 'has':
      return Array.isArray(value) && value.includes(condition.value);
    case 'exists':
      return (value !== undefined) === condition.value;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(condition.value);
    default:
      return isBeside(value, condition.value, condition.kind);
  }
}
