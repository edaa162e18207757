import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import type { StoredRecord } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { fill, findIds, NOTE, toDelete, toInsert, toRecord, toUpdate, walkIds } from './subject.ts';
import type { StorageSubject } from './subject.ts';

type Case = KitCase<StorageSubject>;

/** Texts in the order of their code points, which is not that of UTF-16 units nor that of any language. */
const ORDERED_TEXTS = ['', ' ', '10', '9', 'A', 'B', 'Z', 'a', 'aa', 'b', 'z', 'Ä', 'é', '中', '\uff5e', '😀', '😁'];
const ORDERED_NUMBERS = [
  -1e300,
  Number.MIN_SAFE_INTEGER,
  -1,
  0,
  5e-324,
  0.1,
  0.1 + 0.2,
  1,
  9,
  10,
  Number.MAX_SAFE_INTEGER,
];
/** `slug` has an index in the collection of the kit, `loose` has none; both must sort alike. */
const FIELDS = ['slug', 'loose'];

const shuffle = <T>(items: readonly T[]): readonly T[] =>
  items
    .map((item, index) => [(index * 7919) % items.length, item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);

function sortsValues(name: string, ordered: readonly unknown[]): Case {
  return {
    name,
    run: async ({ driver }) => {
      const records = ordered.map((value, index) => toRecord(`id-${index}`, { slug: value, loose: value }));
      await fill(driver, shuffle(records));
      const expected = records.map(({ id }) => id);
      for (const field of FIELDS) {
        assert.deepEqual(await findIds(driver, { sort: [[field, 'asc']] }), expected, `${field} asc`);
        assert.deepEqual(await findIds(driver, { sort: [[field, 'desc']] }), expected.toReversed(), `${field} desc`);
        const pages = await walkIds(driver, { sort: [[field, 'desc']], limit: 3 });
        assert.deepEqual(pages, expected.toReversed(), `${field} desc in pages`);
      }
    },
  };
}

const number = (index: number): string => String(index).padStart(4, '0');
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    toRecord(`id-${number(index)}`, {
      slug: `s${index}`,
      group: index % 3,
      createdAt: `2026-01-01T00:00:${number(index % 50)}Z`,
    }),
  );

/** Sorting and paging. */
export const orderCases: readonly Case[] = [
  sortsValues('sorts texts by code point', ORDERED_TEXTS),
  sortsValues('sorts numbers by size', ORDERED_NUMBERS),
  sortsValues('sorts booleans, false first', [false, true]),
  sortsValues('sorts a missing field before every value', [undefined, 'a', 'b']),
  sortsValues('sorts astral characters behind all others, which UTF-16 does not', [
    '\ud7ff',
    '\ue000',
    '\uffee',
    '\uffff',
    '\u{10000}',
    '😀',
    '\u{10ffff}',
  ]),
  sortsValues('sorts numbers far apart and close together', [
    -Number.MAX_VALUE,
    -(2 ** 53),
    -(2 ** 31) - 1,
    -(2 ** 31),
    2 ** 31 - 1,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 53 + 2,
    2 ** 63,
    Number.MAX_VALUE,
  ]),
  sortsValues('sorts instants by time', [
    '2025-12-31T23:59:59.999Z',
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T00:00:00.001Z',
  ]),
  {
    name: 'sorts by id without a sort, and by id last, in the direction of the last field',
    run: async ({ driver }) => {
      await fill(
        driver,
        ['c', 'a', 'b'].map((id) => toRecord(id, { group: 1 })),
      );
      assert.deepEqual(await findIds(driver, {}), ['a', 'b', 'c']);
      assert.deepEqual(await findIds(driver, { sort: [['group', 'asc']] }), ['a', 'b', 'c']);
      assert.deepEqual(await findIds(driver, { sort: [['group', 'desc']] }), ['c', 'b', 'a']);
    },
  },
  {
    name: 'sorts by several fields in their own directions, in pages too',
    run: async ({ driver }) => {
      const records = many(100);
      await fill(driver, records);
      const sort = [
        ['group', 'desc'],
        ['createdAt', 'asc'],
        ['id', 'desc'],
      ] as const;
      const expected = records
        .toSorted((a, b) => {
          const group = Number(b['group']) - Number(a['group']);
          return group || (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : b.id < a.id ? -1 : 1);
        })
        .map(({ id }) => id);
      assert.deepEqual(await findIds(driver, { sort }), expected);
      assert.deepEqual(await walkIds(driver, { sort, limit: 7 }), expected);
    },
  },
  {
    name: 'says next on every page but the last, also when the last is full',
    run: async ({ driver }) => {
      await fill(
        driver,
        ['a', 'b', 'c', 'd'].map((id) => toRecord(id)),
      );
      const first = await driver.find(NOTE, { limit: 2 });
      assert.equal(typeof first.next, 'string');
      const last = await driver.find(NOTE, { limit: 2, after: first.next ?? '' });
      assert.deepEqual([last.items.length, last.next], [2, undefined]);
    },
  },
  {
    name: 'skips and repeats nothing when records come and go between pages',
    run: async ({ driver }) => {
      const records = many(60);
      await fill(driver, records);
      const seen = await walkIds(driver, { sort: [['createdAt', 'desc']], limit: 7 }, async (page) => {
        const gone = seenSoFar(page);
        await driver.write([
          toInsert(toRecord(`new-${number(page)}`, { slug: `new${page}`, createdAt: '2027-01-01T00:00:00Z' })),
          toDelete(gone),
        ]);
      });
      const expected = records
        .toSorted((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? 1 : -1))
        .map(({ id }) => id);
      assert.deepEqual(seen, expected);

      // Each page is followed by the removal of its own first record, which the reader has passed.
      function seenSoFar(page: number): string {
        return records.toSorted((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? 1 : -1))[page * 7]?.id ?? '';
      }
    },
  },
  {
    name: 'goes on behind a record that was removed',
    run: async ({ driver }) => {
      await fill(
        driver,
        ['a', 'b', 'c'].map((id) => toRecord(id)),
      );
      const { next = '' } = await driver.find(NOTE, { limit: 2 });
      await driver.write([toDelete('b')]);
      assert.deepEqual(await findIds(driver, { after: next }), ['c']);
    },
  },
  {
    name: 'refuses a limit outside 1..1000, and an after that is none, with STORAGE_INVALID',
    run: async ({ driver }) => {
      await fill(
        driver,
        ['a', 'b'].map((id) => toRecord(id)),
      );
      const code = storageErrors.INVALID.code;
      for (const limit of [0, -1, 1.5, 1_001, Number.NaN]) await expectCode(code, driver.find(NOTE, { limit }));
      const { next = '' } = await driver.find(NOTE, { limit: 1 });
      await expectCode(code, driver.find(NOTE, { limit: 1, after: 'nonsense' }));
      await expectCode(code, driver.find(NOTE, { limit: 1, after: next, sort: [['createdAt', 'asc']] }));
    },
  },
  {
    name: 'pages through values of all kinds without skipping or repeating any, and back again',
    run: async ({ driver }) => {
      const values = [undefined, 1, 'a', null, true, false, '1', 0, '', -1, undefined, null, 'A', 1.5, true];
      await fill(
        driver,
        values.map((loose, index) => toRecord(`id-${number(index)}`, { loose, group: loose })),
      );
      const walk = (field: string, direction: 'asc' | 'desc') =>
        walkIds(driver, { sort: [[field, direction]], limit: 2 });
      const up = await walk('loose', 'asc');
      assert.deepEqual(up.toSorted(), await findIds(driver, {}), 'all of them');
      assert.deepEqual(await walk('loose', 'desc'), up.toReversed(), 'the other way round');
      assert.deepEqual(await walk('group', 'asc'), up, 'on another field');
      assert.deepEqual(up.slice(0, 2), ['id-0000', 'id-0010'], 'missing first');
      const known = up.filter((id) => ['number', 'string'].includes(typeof values[Number(id.slice(-4))]));
      assert.deepEqual(
        known.map((id) => values[Number(id.slice(-4))]),
        [-1, 0, 1, 1.5, '', '1', 'A', 'a'],
      );
    },
  },
  {
    name: 'pages through many records of one value, and through fields that some have',
    run: async ({ driver }) => {
      const records = Array.from({ length: 90 }, (_, index) =>
        toRecord(`id-${number(index)}`, { ...(index % 3 === 0 ? {} : { group: 'same' }), n: index % 2 }),
      );
      await fill(driver, records);
      const sort = [
        ['group', 'desc'],
        ['n', 'asc'],
      ] as const;
      const expected = records
        .toSorted(
          (a, b) =>
            Number('group' in b) - Number('group' in a) || Number(a['n']) - Number(b['n']) || (a.id < b.id ? -1 : 1),
        )
        .map(({ id }) => id);
      assert.deepEqual(await walkIds(driver, { sort, limit: 4 }), expected);
    },
  },
  {
    name: 'pages through what a filter leaves, with the records of others in between',
    run: async ({ driver }) => {
      const records = Array.from({ length: 200 }, (_, index) =>
        toRecord(`id-${number(index)}`, { ownerId: `owner-${index % 4}`, group: index % 7, slug: `s-${index}` }),
      );
      await fill(driver, records);
      const where = { ownerId: 'owner-1', group: { not: 3 } };
      const expected = records
        .filter(({ ownerId, group }: StoredRecord) => ownerId === 'owner-1' && group !== 3)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .map(({ id }) => id);
      assert.deepEqual(await walkIds(driver, { where, sort: [['id', 'desc']], limit: 7 }), expected);
      assert.equal(await driver.count(NOTE, where), expected.length);
    },
  },
  {
    name: 'reads each record that stays exactly once while others are written, moved and removed at the same time',
    fault: 'reorder',
    run: async ({ driver }) => {
      const stays = Array.from({ length: 60 }, (_, index) => toRecord(`stays-${number(index)}`, { n: index * 10 }));
      const moves = Array.from({ length: 20 }, (_, index) => toRecord(`moves-${number(index)}`, { n: index * 30 + 5 }));
      await fill(driver, [...stays, ...moves]);
      const state = { isDone: false };
      const writing = (async () => {
        for (let round = 0; !state.isDone; round += 1) {
          const id = `moves-${number(round % 20)}`;
          await driver.write([toUpdate(id, { n: (round * 137) % 600 })], 'relaxed');
          await driver.write([toInsert(toRecord(`new-${number(round)}`, { n: (round * 71) % 600 }))], 'relaxed');
          if (round % 2 === 1) await driver.write([toDelete(`new-${number(round - 1)}`)], 'relaxed');
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      const seen = await walkIds(driver, { sort: [['n', 'asc']], limit: 5 }, async () => {
        await new Promise((resolve) => setImmediate(resolve));
      });
      state.isDone = true;
      await writing;
      assert.deepEqual(
        seen.filter((id) => id.startsWith('stays-')),
        stays.map(({ id }) => id),
      );
    },
  },
  {
    name: 'refuses a cursor that somebody has changed, or that holds an operator, with STORAGE_INVALID',
    run: async ({ driver }) => {
      await fill(driver, many(3));
      const { next = '' } = await driver.find(NOTE, { limit: 1 });
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const hostile = [
        '',
        '{}',
        encode({}),
        encode([]),
        encode([{ $gt: '' }]),
        encode(null),
        `${next.slice(0, -3)}!!!`,
      ];
      const typed = [{ $gt: '' }, 1, ['a'], null] as unknown as readonly string[];
      for (const after of [...hostile, ...typed]) {
        await expectCode(storageErrors.INVALID.code, driver.find(NOTE, { limit: 1, after }));
      }
    },
  },
];
