import { describe, expect, it } from '@jest/globals';
import { isAppError } from '../define/errors.ts';
import { parseOrder, parseWhere } from './conditions.ts';
import type { StoredRecord, Where } from './storage-driver.ts';

const parse = (where: unknown) => parseWhere(where as Where<StoredRecord>, 'note');
const orderOf = (query: object) => parseOrder({ limit: 1, ...query }, 'note');
const isRefused = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch (error) {
    return isAppError(error, 'STORAGE_INVALID');
  }
};

describe('a filter', () => {
  it('of nothing is an `and` of nothing', () => {
    expect(parse({})).toEqual({ kind: 'and', conditions: [] });
  });

  it('of one test is that test', () => {
    expect(parse({ title: 'a' })).toEqual({ kind: 'equals', field: 'title', value: 'a' });
    expect(parse({ n: { gte: 1 } })).toEqual({ kind: 'gte', field: 'n', value: 1 });
    expect(parse({ tags: { has: null } })).toEqual({ kind: 'has', field: 'tags', value: null });
  });

  it('holds all that it names', () => {
    expect(parse({ a: { gt: 1, lt: 2 }, not: { or: [{ b: { in: ['x'] } }, {}] } })).toEqual({
      kind: 'and',
      conditions: [
        {
          kind: 'and',
          conditions: [
            { kind: 'gt', field: 'a', value: 1 },
            { kind: 'lt', field: 'a', value: 2 },
          ],
        },
        {
          kind: 'not',
          condition: {
            kind: 'or',
            conditions: [
              { kind: 'in', field: 'b', values: ['x'] },
              { kind: 'and', conditions: [] },
            ],
          },
        },
      ],
    });
  });

  it('takes a lone surrogate as the U+FFFD that records hold for it', () => {
    expect(parse({ a: '\ud800' })).toEqual({ kind: 'equals', field: 'a', value: '\ufffd' });
  });

  it.each([
    ['undefined', { a: undefined }],
    ['an operator', { a: { $gt: '' } }],
    ['a list', { a: ['x'] }],
    ['no test', { a: {} }],
    ['a hole in a list', { a: { in: Array(1) } }],
    ['too long a list', { a: { in: Array.from({ length: 10_001 }, () => 1) } }],
    ['a range of booleans', { a: { gt: true } }],
    ['a prefix of numbers', { a: { prefix: 1 } }],
    ['an infinite number', { a: { lt: Infinity } }],
    ['an odd name', { 'a.b': 1 }],
    ['an `or` that is no list', { or: {} }],
    ['null', null],
    ['a text', 'a'],
  ])('is refused with %s', (_name, where) => {
    expect(isRefused(() => parse(where))).toBe(true);
  });

  it('is refused from 33 levels on', () => {
    const nest = (levels: number): unknown => (levels === 0 ? {} : { not: nest(levels - 1) });
    expect(isRefused(() => parse(nest(32)))).toBe(false);
    expect(isRefused(() => parse(nest(33)))).toBe(true);
  });
});

describe('an order', () => {
  it('ends with the id in the direction of the last field', () => {
    expect(orderOf({})).toEqual([{ field: 'id', direction: 'asc' }]);
    expect(
      orderOf({
        sort: [
          ['a', 'asc'],
          ['b', 'desc'],
          ['a', 'desc'],
        ],
      }).map(({ field, direction }) => [field, direction]),
    ).toEqual([
      ['a', 'asc'],
      ['b', 'desc'],
      ['id', 'desc'],
    ]);
  });

  it('has nothing behind the id', () => {
    expect(
      orderOf({
        sort: [
          ['id', 'desc'],
          ['a', 'asc'],
        ],
      }),
    ).toEqual([{ field: 'id', direction: 'desc' }]);
  });

  it('is refused with an odd name, an odd direction or a limit outside 1..1000', () => {
    expect(isRefused(() => orderOf({ sort: [['a b', 'asc']] }))).toBe(true);
    expect(isRefused(() => orderOf({ sort: [['a', 'up']] }))).toBe(true);
    for (const limit of [0, 1_001, 1.5, Number.NaN, '1']) expect(isRefused(() => orderOf({ limit }))).toBe(true);
  });
});
