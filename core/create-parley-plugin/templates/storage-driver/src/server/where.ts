import type { StoredRecord, Where } from '@parley/contracts';
import { checkField, compareValues, valueOf } from './values.ts';
import type { Refuse } from './values.ts';

/** Whether a record is meant. */
export type Match = (record: StoredRecord) => boolean;

type Test = (value: unknown) => boolean;
type MakeTest = (operand: unknown, refuse: Refuse) => Test;

const MAX_DEPTH = 32;
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const equals: MakeTest = (operand, refuse) => {
  const isComparable = operand === null || ['string', 'number', 'boolean'].includes(typeof operand);
  if (!isComparable || Number.isNaN(operand)) throw refuse('values are compared with a text, number, boolean or null');
  return (value) => value === operand;
};

/** A range stays among values of its own kind. */
const range =
  (isInside: (order: number) => boolean): MakeTest =>
  (operand, refuse) => {
    const isRangeable = typeof operand === 'string' || (typeof operand === 'number' && !Number.isNaN(operand));
    if (!isRangeable) throw refuse('a range takes a number or a text');
    return (value) => typeof value === typeof operand && isInside(compareValues(value, operand));
  };

const TESTS: ReadonlyMap<string, MakeTest> = new Map<string, MakeTest>([
  [
    'in',
    (operand, refuse) => {
      if (!Array.isArray(operand)) throw refuse('`in` is a list');
      const tests = operand.map((each) => equals(each, refuse));
      return (value) => tests.some((test) => test(value));
    },
  ],
  [
    'not',
    (operand, refuse) => {
      const test = equals(operand, refuse);
      return (value) => !test(value);
    },
  ],
  ['gt', range((order) => order > 0)],
  ['gte', range((order) => order >= 0)],
  ['lt', range((order) => order < 0)],
  ['lte', range((order) => order <= 0)],
  [
    'prefix',
    (operand, refuse) => {
      if (typeof operand !== 'string') throw refuse('`prefix` is a text');
      return (value) => typeof value === 'string' && value.startsWith(operand);
    },
  ],
  [
    'exists',
    (operand, refuse) => {
      if (typeof operand !== 'boolean') throw refuse('`exists` is true or false');
      return (value) => (value !== undefined) === operand;
    },
  ],
  [
    'has',
    (operand, refuse) => {
      const test = equals(operand, refuse);
      return (value) => Array.isArray(value) && value.some((each) => test(each));
    },
  ],
]);

function fieldTest(test: unknown, refuse: Refuse): Test {
  if (!isObject(test)) return equals(test, refuse);
  const tests = Object.entries(test).map(([name, operand]) => {
    const make = TESTS.get(name);
    if (!make) throw refuse(`tests are ${[...TESTS.keys()].join(', ')}, not ${JSON.stringify(name.slice(0, 80))}`);
    return make(operand, refuse);
  });
  if (tests.length === 0) throw refuse('a field is tested with something, not with {}');
  return (value) => tests.every((each) => each(value));
}

function compile(where: unknown, refuse: Refuse, depth: number): Match {
  if (!isObject(where)) throw refuse('a filter is an object');
  if (depth > MAX_DEPTH) throw refuse(`a filter is at most ${MAX_DEPTH} levels deep`);
  const list = (value: unknown): readonly Match[] => {
    if (!Array.isArray(value)) throw refuse('`and` and `or` are lists of filters');
    return value.map((each) => compile(each, refuse, depth + 1));
  };
  const parts = Object.entries(where).map(([name, value]): Match => {
    if (name === 'and') return every(list(value));
    if (name === 'or') {
      const some = list(value);
      return (record) => some.some((match) => match(record));
    }
    if (name === 'not') {
      const inner = compile(value, refuse, depth + 1);
      return (record) => !inner(record);
    }
    const field = checkField(name, refuse);
    const test = fieldTest(value, refuse);
    return (record) => test(valueOf(record, field));
  });
  return every(parts);
}

const every =
  (matches: readonly Match[]): Match =>
  (record) =>
    matches.every((match) => match(record));

/**
 * A filter as a function. All of it is read before any record is, so what is wrong in it never widens it.
 * @throws STORAGE_INVALID
 */
export const compileWhere = (where: Where<StoredRecord>, refuse: Refuse): Match => compile(where, refuse, 0);
