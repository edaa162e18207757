import { parseWhere } from '@parley/contracts';
import type { Condition, StoredRecord, Where } from '@parley/contracts';
import { compareValues, entityOf, valueOf } from './values.ts';

/** Whether a record is meant. */
export type Match = (record: StoredRecord) => boolean;

/** A range stays among values of its own kind. */
const isBeside = (value: unknown, operand: string | number, isInside: (order: number) => boolean): boolean =>
  typeof value === typeof operand && isInside(compareValues(value, operand));

function compile(condition: Condition): Match {
  switch (condition.kind) {
    case 'and': {
      const matches = condition.conditions.map(compile);
      return (record) => matches.every((match) => match(record));
    }
    case 'or': {
      const matches = condition.conditions.map(compile);
      return (record) => matches.some((match) => match(record));
    }
    case 'not': {
      const match = compile(condition.condition);
      return (record) => !match(record);
    }
    case 'in': {
      const values: ReadonlySet<unknown> = new Set(condition.values);
      return (record) => values.has(valueOf(record, condition.field));
    }
    default: {
      const test = testOf(condition);
      return (record) => test(valueOf(record, condition.field));
    }
  }
}

function testOf(condition: Extract<Condition, { field: string; value: unknown }>): (value: unknown) => boolean {
  switch (condition.kind) {
    case 'equals':
      return (value) => value === condition.value;
    case 'differs':
      return (value) => value !== condition.value;
    case 'exists':
      return (value) => (value !== undefined) === condition.value;
    case 'has':
      return (value) => Array.isArray(value) && value.includes(condition.value);
    case 'prefix':
      return (value) => typeof value === 'string' && value.startsWith(condition.value);
    case 'gt':
      return (value) => isBeside(value, condition.value, (order) => order > 0);
    case 'gte':
      return (value) => isBeside(value, condition.value, (order) => order >= 0);
    case 'lt':
      return (value) => isBeside(value, condition.value, (order) => order < 0);
    case 'lte':
      return (value) => isBeside(value, condition.value, (order) => order <= 0);
  }
}

/**
 * A filter as a function. All of it is read before any record is, so what is wrong in it never widens it.
 * @throws STORAGE_INVALID
 */
export const compileWhere = (where: Where<StoredRecord>, collection: string): Match =>
  compile(parseWhere(where, entityOf(collection)));
