import { parseWhere } from '@parley/contracts';
import type { Condition, StoredRecord, Where } from '@parley/contracts';
import { compareValues, entityOf, valueOf } from './values.ts';

/** Whether a record is meant. */
export type Match = (record: StoredRecord) => boolean;

type Ranges = Readonly<Record<'gt' | 'gte' | 'lt' | 'lte', (order: number) => boolean>>;

const RANGES: Ranges = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

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
    default: {
      const isInside = RANGES[condition.kind];
      // A range stays among values of its own kind.
      return (value) => typeof value === typeof condition.value && isInside(compareValues(value, condition.value));
    }
  }
}

/**
 * A filter as a function. All of it is read before any record is, so what is wrong in it never widens it.
 * @throws STORAGE_INVALID
 */
export const compileWhere = (where: Where<StoredRecord>, collection: string): Match =>
  compile(parseWhere(where, entityOf(collection)));
