import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import type { StoredRecord, Where } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { fill, findIds, NOTE, toRecord } from './subject.ts';
import type { StorageSubject } from './subject.ts';

type Case = KitCase<StorageSubject>;
type Filter = Where<StoredRecord>;

const TEN: readonly StoredRecord[] = [
  toRecord('text', { slug: 'abc', loose: 'abc' }),
  toRecord('upper', { slug: 'ABC', loose: 'ABC' }),
  toRecord('digit', { slug: '1', loose: '1' }),
  toRecord('one', { slug: 1, loose: 1 }),
  toRecord('two', { slug: 2, loose: 2 }),
  toRecord('third', { slug: 0.1 + 0.2, loose: 0.1 + 0.2 }),
  toRecord('true', { slug: true, loose: true }),
  toRecord('false', { slug: false, loose: false }),
  toRecord('null', { slug: null, loose: null }),
  toRecord('missing'),
];

/** One filter on `slug`, which has an index, and on `loose`, which has none: both must find the same. */
function finds(name: string, test: unknown, expected: readonly string[]): Case {
  return {
    name: `filters: ${name}`,
    run: async ({ driver }) => {
      await fill(driver, TEN);
      for (const field of ['slug', 'loose']) {
        const where = { [field]: test } as Filter;
        assert.deepEqual(await findIds(driver, { where }), expected.toSorted(), field);
        assert.equal(await driver.count(NOTE, where), expected.length, `${field}, counted`);
      }
    },
  };
}

const all = (...without: readonly string[]): readonly string[] =>
  TEN.map(({ id }) => id).filter((id) => !without.includes(id));

function combines(name: string, where: Filter, expected: readonly string[]): Case {
  return {
    name: `combines filters: ${name}`,
    run: async ({ driver }) => {
      await fill(driver, TEN);
      assert.deepEqual(await findIds(driver, { where }), expected.toSorted());
    },
  };
}

const PREFIXES = [
  '100%',
  '100x',
  'a_b',
  'axb',
  'a*b',
  'a.b',
  'é',
  'e\u0301',
  '😀a',
  '😁',
  '\ud7ff',
  '\ue000',
  '\u{10ffff}',
  '',
];

const prefixes: Case = {
  name: 'filters: a prefix is plain text, with or without % and _, in any script',
  run: async ({ driver }) => {
    const records = PREFIXES.map((text, index) =>
      toRecord(`id-${index}`, { slug: `${text}#${index}`, loose: `${text}#${index}` }),
    );
    await fill(driver, [...records, toRecord('number', { slug: 100, loose: 100 })]);
    for (const prefix of [...PREFIXES, '100', 'A']) {
      const expected = records.filter(({ slug }: StoredRecord) => String(slug).startsWith(prefix)).map(({ id }) => id);
      for (const field of ['slug', 'loose']) {
        const found = await findIds(driver, { where: { [field]: { prefix } } });
        assert.deepEqual(found, expected.toSorted(), `${field} ${JSON.stringify(prefix)}`);
      }
    }
  },
};

const LISTS: Readonly<Record<string, unknown>> = {
  empty: [],
  number: [1, 0.1 + 0.2],
  text: ['1', 'a', 'é'],
  boolean: [true, false, null],
  nested: [['a'], { a: 1 }],
  plain: 'a',
  object: { 0: 'a', a: 'a' },
};

const has: Case = {
  name: 'filters: has finds an element of a list, by kind and exactly, and nothing in what is no list',
  run: async ({ driver }) => {
    const records = Object.entries(LISTS).map(([id, list]) => toRecord(id, { slug: list, loose: list }));
    await fill(driver, [...records, toRecord('missing')]);
    const expected: readonly (readonly [unknown, readonly string[]])[] = [
      [1, ['number']],
      [0.1 + 0.2, ['number']],
      ['1', ['text']],
      ['a', ['text']],
      ['A', []],
      ['e\u0301', []],
      [true, ['boolean']],
      [false, ['boolean']],
      [null, ['boolean']],
      ['', []],
    ];
    for (const [element, ids] of expected) {
      for (const field of ['slug', 'loose']) {
        const about = `${field} has ${JSON.stringify(element)}`;
        assert.deepEqual(await findIds(driver, { where: { [field]: { has: element } } }), ids, about);
      }
    }
    const not = await findIds(driver, { where: { not: { loose: { has: 'a' } } } });
    assert.deepEqual(not, ['boolean', 'empty', 'missing', 'nested', 'number', 'object', 'plain']);
  },
};

const insideLists: Case = {
  name: 'filters: no test but has looks into lists and objects',
  run: async ({ driver }) => {
    const values = [['a'], ['a', 'b'], [1], { a: 'a' }, [['a']], [null], [true], []];
    await fill(
      driver,
      values.map((value, index) => toRecord(`id-${index}`, { slug: [value, index], loose: value, group: value })),
    );
    const tests: readonly unknown[] = [
      'a',
      1,
      null,
      true,
      { in: ['a', 1, true, null] },
      { gte: '' },
      { lte: 5 },
      { prefix: 'a' },
      { exists: false },
    ];
    for (const test of tests) {
      for (const field of ['slug', 'loose', 'group']) {
        assert.deepEqual(await findIds(driver, { where: { [field]: test } }), [], `${field} ${String(test)}`);
      }
    }
    assert.equal(await driver.count(NOTE, { loose: { not: 'a' } }), values.length);
  },
};

const everyDouble: Case = {
  name: 'filters: finds every number by its exact value',
  run: async ({ driver }) => {
    // Multiplying by an odd ratio walks through mantissas that decimal readers round differently.
    const numbers = Array.from({ length: 500 }, (_, index) => 1.000_000_7 ** (index * 997) * 10 ** ((index % 60) - 30));
    await fill(
      driver,
      numbers.map((loose, index) => toRecord(`id-${String(index).padStart(3, '0')}`, { loose })),
    );
    for (const [index, loose] of numbers.entries()) {
      const expected = numbers.flatMap((value, at) => (value === loose ? [`id-${String(at).padStart(3, '0')}`] : []));
      assert.deepEqual(await findIds(driver, { where: { loose } }), expected, `number ${index}`);
    }
  },
};

const HOSTILE: readonly unknown[] = [
  { title: { $gt: '' } },
  { title: { $ne: null } },
  { title: { toString: 'x' } },
  { title: {} },
  { title: ['a'] },
  { title: undefined },
  { title: { gt: undefined } },
  { title: { in: 'abc' } },
  { title: { prefix: 1 } },
  { title: { exists: 'yes' } },
  { title: { has: undefined } },
  { title: { has: ['a'] } },
  { title: { has: { $gt: '' } } },
  { title: Number.NaN },
  { $where: 'true' },
  { 'title" OR 1=1 --': 'x' },
  { "title') OR ('1'='1": 'x' },
  { 'a.b': 'x' },
  { 'a\u0000b': 'x' },
  { '': 'x' },
  { $or: [{ title: 'a' }] },
  { $expr: { $eq: ['$a', '$b'] } },
  { title: { $regex: '.*' } },
  { title: { gt: { $numberLong: '1' } } },
  { title: { in: [{ $gt: '' }] } },
  { title: { not: { $exists: false } } },
  { title: { prefix: { $regex: '.*' } } },
  { 'deep.$where': 'x' },
  { and: [{ title: { __proto__x: 1 } }] },
  { or: { title: 'a' } },
  { and: [undefined] },
  { not: [] },
];

const hostile: Case = {
  name: 'refuses filters with operators, odd names or undefined with STORAGE_INVALID, never widening them',
  run: async ({ driver }) => {
    await fill(driver, TEN);
    for (const where of HOSTILE) {
      await expectCode(storageErrors.INVALID.code, driver.find(NOTE, { where: where as Filter, limit: 10 }));
      await expectCode(storageErrors.INVALID.code, driver.count(NOTE, where as Filter));
      await expectCode(storageErrors.INVALID.code, driver.get(NOTE, 'text', where as Filter));
    }
  },
};

const literals: Case = {
  name: 'takes names and values that mean something elsewhere as plain text',
  run: async ({ driver }) => {
    const values = ["'; DROP TABLE x; --", '{"$gt":""}', '__proto__', '%', '_', '\\', '\u0000', '$where', '?1', ':a'];
    await fill(
      driver,
      values.map((slug, index) => toRecord(`id-${index}`, { slug, constructor: slug })),
    );
    for (const [index, value] of values.entries()) {
      for (const field of ['slug', 'constructor']) {
        assert.deepEqual(await findIds(driver, { where: { [field]: value } }), [`id-${index}`]);
      }
    }
    assert.deepEqual(await findIds(driver, { where: { toString: { exists: true } } }), []);
    const proto = JSON.parse('{"__proto__":{"exists":true}}') as Filter;
    assert.deepEqual(await findIds(driver, { where: proto }), []);
  },
};

const protoField: Case = {
  name: 'keeps a field named __proto__ as a field',
  run: async ({ driver }) => {
    const record = JSON.parse(
      JSON.stringify(toRecord('a')).replace('"rev"', '"__proto__":{"admin":true},"rev"'),
    ) as StoredRecord;
    await fill(driver, [record]);
    const read = await driver.get(NOTE, 'a', {});
    assert.equal(JSON.stringify(read), JSON.stringify(record));
    assert.equal((read as unknown as { admin?: unknown }).admin, undefined);
  },
};

const deep: Case = {
  name: 'refuses a filter nested without end, or answers it, but does not break',
  run: async ({ driver }) => {
    await fill(driver, TEN);
    let where: Filter = { slug: 'abc' };
    for (let depth = 0; depth < 5_000; depth += 1) where = { not: where };
    await expectCode(storageErrors.INVALID.code, driver.find(NOTE, { where, limit: 10 }));
    assert.equal(await driver.count(NOTE, {}), TEN.length);
  },
};

/** Filters, and what must not become one. */
export const filterCases: readonly Case[] = [
  finds('equality tells text, number and boolean apart', 1, ['one']),
  finds('equality is exact in case', 'abc', ['text']),
  finds('a text of digits is no number', '1', ['digit']),
  finds('true is not 1', true, ['true']),
  finds('false', false, ['false']),
  finds('null is a value, a missing field has none', null, ['null']),
  finds('in', { in: ['abc', 2, true] }, ['text', 'two', 'true']),
  finds('in nothing finds nothing', { in: [] }, []),
  finds('not is everything else, with missing fields', { not: 'abc' }, all('text')),
  finds('gt stays among numbers', { gt: 1 }, ['two']),
  finds('gte stays among numbers', { gte: 1 }, ['one', 'two']),
  finds('lt stays among numbers', { lt: 1 }, ['third']),
  finds('lte and gte together', { gte: 0.1 + 0.2, lte: 1 }, ['third', 'one']),
  finds('gt stays among texts', { gt: 'ABC' }, ['text']),
  finds('lte stays among texts', { lte: 'ABC' }, ['upper', 'digit']),
  finds('exists, null included', { exists: true }, all('missing')),
  finds('does not exist', { exists: false }, ['missing']),
  finds('not in', { not: 'abc', in: ['abc', 'ABC'] }, ['upper']),
  finds('a range with nothing between', { gt: 1, lt: 1 }, []),
  finds('an empty prefix is any text', { prefix: '' }, ['text', 'upper', 'digit']),
  finds('has finds nothing where there are no lists', { has: 'abc' }, []),
  finds('several tests must all hold', { exists: true, not: 1, in: [1, 2] }, ['two']),
  combines('several fields must all match', { slug: 'abc', loose: 'ABC' }, []),
  combines('or', { or: [{ slug: 'abc' }, { slug: 1 }] }, ['text', 'one']),
  combines('or of nothing finds nothing', { or: [] }, []),
  combines('and', { and: [{ slug: { gte: 1 } }, { loose: { lt: 2 } }] }, ['one']),
  combines('and of nothing finds everything', { and: [] }, all()),
  combines('not turns a range round, missing fields too', { not: { slug: { gt: 1 } } }, all('two')),
  combines('not of a not', { not: { not: { slug: 'abc' } } }, ['text']),
  combines(
    'not, or and a field at once',
    { loose: { exists: true }, not: { or: [{ slug: 1 }, { slug: { prefix: '' } }] } },
    all('missing', 'one', 'text', 'upper', 'digit'),
  ),
  has,
  insideLists,
  prefixes,
  everyDouble,
  hostile,
  literals,
  protoField,
  deep,
];
