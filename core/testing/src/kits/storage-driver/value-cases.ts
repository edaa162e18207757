import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import type { StoredRecord } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { fill, findIds, NOTE, noteCollection, toInsert, toRecord, toUpdate } from './subject.ts';
import type { StorageSubject } from './subject.ts';

type Case = KitCase<StorageSubject>;

const { INVALID } = storageErrors;

const NUMBERS = [
  0,
  -1,
  1.5,
  0.1 + 0.2,
  1e-7,
  1e21,
  1e308,
  -1e300,
  5e-324,
  Number.MAX_VALUE,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  2 ** 64,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
];
const TEXTS = [
  '',
  ' ',
  'null',
  '1',
  'é',
  'e\u0301',
  'ﬁ',
  'İ',
  'ß',
  '漢字',
  'مرحبا',
  '👩‍👩‍👧',
  '\u{10ffff}',
  'a\u0000b',
  '\u0000',
  '\ufeff',
  '\ufffd',
  'line\nbreak',
  '\u2028',
  `'"\\%_`,
];
const INSTANTS = [
  '0000-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.123456Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-30T00:00:00.000Z',
];
/** What means something to a database, to JavaScript or to a library, as a key. */
const HOSTILE_KEYS = [
  '$gt',
  '$where',
  '$set',
  '$',
  'a.b',
  '.',
  '..',
  '',
  ' ',
  'a\u0000b',
  '\u0000',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toBSON',
  'toObject',
  '_bsontype',
  '_id',
  '0',
  'length',
  '%24',
  '%',
  '"',
  '\\',
  'é',
  'e\u0301',
  '😀',
];
/** Good names of fields that a library or a driver may want for itself. */
const RESERVED_FIELDS = [
  '_id',
  '__v',
  '_parley',
  'rowid',
  'doc',
  'errors',
  'isNew',
  'schema',
  'collection',
  'save',
  'get',
];

const withKeys = (keys: readonly string[], value: unknown): unknown =>
  Object.fromEntries(keys.map((key) => [key, value]));

async function keeps(driver: StorageSubject['driver'], id: string, value: unknown): Promise<void> {
  const record = toRecord(id, { value });
  assert.deepEqual(await driver.write([toInsert(record)]), [record], `returned by the insert of ${id}`);
  assert.equal(JSON.stringify(await driver.get(NOTE, id, {})), JSON.stringify(record), `read as ${id}`);
  const [updated] = await driver.write([toUpdate(id, { value: undefined }), toUpdate(id, { value })]);
  assert.equal(JSON.stringify(updated?.['value']), undefined, `removed from ${id}`);
  assert.equal(JSON.stringify((await driver.get(NOTE, id, {}))?.['value']), JSON.stringify(value), `updated in ${id}`);
}

const REFUSED: Readonly<Record<string, unknown>> = {
  NaN: Number.NaN,
  'an infinite number': Infinity,
  'a Date': new Date(0),
  'a Map': new Map([['a', 1]]),
  bytes: new Uint8Array(2),
  'a function': () => 1,
  'a big integer': 1n,
  'undefined in a list': [undefined],
  'a nested NaN': { deep: [{ n: Number.NaN }] },
};

function nest(levels: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

/** Values: what comes back exactly, and what is refused. */
export const valueCases: readonly Case[] = [
  {
    name: 'keeps every number exactly, and has 0 for -0',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      await keeps(driver, 'a', NUMBERS);
      await driver.write([toInsert(toRecord('b', { n: -0, list: [-0] }))]);
      const read = await driver.get(NOTE, 'b', {});
      const [first] = (read?.['list'] ?? []) as readonly unknown[];
      assert.ok(Object.is(read?.['n'], 0) && Object.is(first, 0));
      assert.deepEqual(await findIds(driver, { where: { n: -0 } }), ['b']);
    },
  },
  {
    name: 'keeps every text exactly, without normalising it',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      await keeps(driver, 'a', TEXTS);
      for (const [index, text] of TEXTS.entries()) await keeps(driver, `text-${index}`, text);
    },
  },
  {
    name: 'tells texts apart that only a person would call the same',
    run: async ({ driver }) => {
      const same = ['é', 'e\u0301', 'E\u0301', 'É', 'ﬁ', 'fi', 'ß', 'ss', 'İ', 'i', 'a', 'a ', 'ａ', 'a\u0000', 'A'];
      await fill(
        driver,
        same.map((slug, index) => toRecord(`id-${index}`, { slug, loose: slug })),
      );
      for (const [index, text] of same.entries()) {
        for (const field of ['slug', 'loose']) {
          assert.deepEqual(await findIds(driver, { where: { [field]: text } }), [`id-${index}`], `${field} ${index}`);
        }
      }
    },
  },
  {
    name: 'keeps ids of any text, and takes nothing else for an id',
    run: async ({ driver }) => {
      const ids = [...TEXTS.filter((text) => text !== ''), ...HOSTILE_KEYS.filter((key) => key !== '')];
      const unique = [...new Set(ids)];
      await fill(
        driver,
        unique.map((id) => toRecord(id)),
      );
      for (const id of unique) assert.equal((await driver.get(NOTE, id, {}))?.id, id);
      for (const id of [{ $gt: '' }, { $ne: null }, ['a'], null, 1, undefined, {}]) {
        await expectCode(INVALID.code, driver.get(NOTE, id as unknown as string, {}));
        await expectCode(
          INVALID.code,
          driver.write([{ kind: 'delete', collection: NOTE, id: id as unknown as string, where: {} }]),
        );
        await expectCode(INVALID.code, driver.write([toInsert(toRecord(id as unknown as string))]));
      }
      await expectCode(INVALID.code, driver.write([toInsert(toRecord(''))]));
      assert.equal(await driver.count(NOTE, {}), unique.length);
    },
  },
  {
    name: 'has U+FFFD for a lone surrogate, in what it returns and in filters too',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      const [written] = await driver.write([toInsert(toRecord('a', { slug: 'x\ud800', deep: ['\udc00', '😀'] }))]);
      assert.deepEqual(written, toRecord('a', { slug: 'x\ufffd', deep: ['\ufffd', '😀'] }));
      assert.deepEqual(await driver.get(NOTE, 'a', {}), written);
      assert.deepEqual(await findIds(driver, { where: { slug: 'x\ud800' } }), ['a']);
    },
  },
  {
    name: 'keeps instants as the texts they are and orders them as texts',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      await keeps(driver, 'a', INSTANTS);
      await driver.write(INSTANTS.map((at, index) => toInsert(toRecord(`at-${index}`, { slug: at, loose: at }))));
      const range = { gte: '2026-01-01T00:00:00.000Z', lt: '2026-01-01T00:00:01.000Z' };
      for (const field of ['slug', 'loose']) {
        assert.deepEqual(await findIds(driver, { where: { [field]: range } }), ['at-2', 'at-3'], field);
      }
    },
  },
  {
    name: 'keeps keys below the first level whatever they are',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      const value = withKeys(HOSTILE_KEYS, withKeys(HOSTILE_KEYS, ['x', withKeys(HOSTILE_KEYS, 1)]));
      await keeps(driver, 'a', value);
      const read = (await driver.get(NOTE, 'a', {}))?.['value'] as Readonly<Record<string, unknown>>;
      assert.equal((read as { admin?: unknown }).admin, undefined);
      assert.equal(Object.keys(read).length, HOSTILE_KEYS.length);
    },
  },
  {
    name: 'keeps fields whose names a library may want for itself, and finds by them',
    run: async ({ driver }) => {
      const fields = Object.fromEntries(RESERVED_FIELDS.map((name, index) => [name, `value-${index}`]));
      await fill(driver, [toRecord('a', fields), toRecord('b')]);
      assert.deepEqual(await driver.get(NOTE, 'a', {}), toRecord('a', fields));
      for (const [name, value] of Object.entries(fields)) {
        assert.deepEqual(await findIds(driver, { where: { [name]: value } }), ['a'], name);
        assert.deepEqual(await findIds(driver, { where: { [name]: { exists: false } } }), ['b'], name);
      }
      const patch = Object.fromEntries(RESERVED_FIELDS.map((name) => [name, { $inc: 1 }]));
      assert.deepEqual(await driver.write([toUpdate('a', patch)]), [toRecord('a', { ...patch, rev: 2 })]);
    },
  },
  {
    name: 'takes hostile values as the plain values they are, in inserts and patches',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      for (const [index, key] of HOSTILE_KEYS.entries()) {
        await keeps(driver, `id-${index}`, { [key]: { [key]: key } });
        await keeps(driver, `text-${index}`, key);
      }
      assert.equal(await driver.count(NOTE, {}), 2 * HOSTILE_KEYS.length);
    },
  },
  {
    name: 'refuses what JSON would change with STORAGE_INVALID, and writes nothing of its batch',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 1 })]);
      for (const [name, value] of Object.entries(REFUSED)) {
        await expectCode(INVALID.code, driver.write([toInsert(toRecord('b')), toInsert(toRecord('c', { value }))]));
        await expectCode(INVALID.code, driver.write([toUpdate('a', { n: 2 }), toUpdate('a', { value })]));
        assert.deepEqual(await driver.find(NOTE, { limit: 10 }), { items: [toRecord('a', { n: 1 })] }, name);
      }
    },
  },
  {
    name: 'leaves fields out that are undefined, at any depth, and keeps null',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      const record = toRecord('a', {
        gone: undefined,
        kept: null,
        deep: { gone: undefined, kept: null, list: [null] },
      });
      const expected = toRecord('a', { kept: null, deep: { kept: null, list: [null] } });
      assert.deepEqual(await driver.write([toInsert(record)]), [expected]);
      assert.deepEqual(await driver.get(NOTE, 'a', {}), expected);
      const [updated] = await driver.write([toUpdate('a', { kept: undefined, deep: { gone: undefined } })]);
      assert.deepEqual(updated, toRecord('a', { deep: {}, rev: 2 }));
    },
  },
  {
    name: 'keeps 60 levels of lists and objects, and refuses what has no end',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      await keeps(driver, 'a', nest(60));
      await expectCode(INVALID.code, driver.write([toInsert(toRecord('b', { value: nest(50_000) }))]));
    },
  },
  {
    name: 'keeps records of 1 MB, of text, of many small values and of one long list',
    fault: 'huge',
    timeoutMs: 30_000,
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      const records: readonly StoredRecord[] = [
        toRecord('text', { value: 'é'.repeat(524_288) }),
        toRecord('list', { value: Array.from({ length: 60_000 }, (_, index) => index / 3) }),
        toRecord('object', {
          value: Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`key-${index}`, index])),
        }),
      ];
      for (const record of records) {
        await driver.write([toInsert(record)]);
        assert.equal(JSON.stringify(await driver.get(NOTE, record.id, {})), JSON.stringify(record), record.id);
        await driver.write([toUpdate(record.id, { small: 1 })]);
      }
      const { items } = await driver.find(NOTE, { limit: 10 });
      assert.deepEqual(
        items.map(({ id, rev }) => [id, rev]),
        [
          ['list', 2],
          ['object', 2],
          ['text', 2],
        ],
      );
    },
  },
];
