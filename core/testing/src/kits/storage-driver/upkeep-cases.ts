import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import type { StorageDriver } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { COUNT, manyRecords, number } from './copies.ts';
import { fill, findIds, NOTE, noteCollection, toInsert, toRecord, toUpdate } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const addOne = (old: Record<string, unknown>): Record<string, unknown> => ({ ...old, n: Number(old['n']) + 1 });

async function sumOf(driver: StorageDriver, field: string): Promise<number> {
  let sum = 0;
  let after: string | undefined;
  do {
    const page = await driver.find(NOTE, { limit: 1_000, ...(after === undefined ? {} : { after }) });
    for (const record of page.items) sum += Number(record[field]);
    after = page.next;
  } while (after !== undefined);
  return sum;
}

const SUM = (COUNT * (COUNT - 1)) / 2;

/** What happens around records: versions, indexes, time to live. */
export const upkeepCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'migrates every record once, step by step, leaving rev and base fields as they are',
    run: async ({ driver, reopen }) => {
      await fill(driver, manyRecords());
      const reopened = await reopen();
      const migrate = {
        1: addOne,
        2: (old: Record<string, unknown>) => ({ ...addOne(old), rev: 50, ownerId: 'thief' }),
      };
      await reopened.prepare([noteCollection({ version: 3, migrate })]);
      assert.equal(await sumOf(reopened, 'n'), SUM + 2 * COUNT);
      assert.deepEqual(await reopened.get(NOTE, 'id-0000', {}), toRecord('id-0000', { n: 2 }));
      await reopened.prepare([noteCollection({ version: 3, migrate })]);
      assert.equal(await sumOf(reopened, 'n'), SUM + 2 * COUNT);
    },
  },
  {
    name: 'goes on with a migration that was cut off, touching no record twice',
    fault: 'cut',
    run: async ({ driver, reopen }) => {
      await fill(driver, manyRecords());
      const second = await reopen();
      let count = 0;
      const breaking = (old: Record<string, unknown>) => {
        count += 1;
        if (count > 1_000) throw new Error('cut off');
        return addOne(old);
      };
      await assert.rejects(second.prepare([noteCollection({ version: 2, migrate: { 1: breaking } })]));
      const third = await reopen();
      await third.prepare([noteCollection({ version: 3, migrate: { 1: addOne, 2: addOne } })]);
      assert.equal(await sumOf(third, 'n'), SUM + 2 * COUNT);
    },
  },
  {
    name: 'refuses records of a newer version',
    run: async ({ driver, reopen }) => {
      await driver.prepare([noteCollection({ version: 2, migrate: { 1: addOne } })]);
      await driver.write([toInsert(toRecord('a'))]);
      const reopened = await reopen();
      await assert.rejects(reopened.prepare([noteCollection({ version: 1 })]));
    },
  },
  {
    name: 'serves an index that came later over the records that were there',
    run: async ({ driver, reopen }) => {
      await fill(driver, manyRecords());
      const reopened = await reopen();
      const indexes = [{ fields: ['ownerId', 'n'], unique: true }];
      await reopened.prepare([noteCollection({ indexes })]);
      assert.deepEqual(await findIds(reopened, { where: { ownerId: 'owner', n: 7 } }), ['id-0007']);
      await expectCode(storageErrors.DUPLICATE.code, reopened.write([toInsert(toRecord('b', { n: 7 }))]));
      const again = await reopen();
      await again.prepare([noteCollection()]);
      await again.write([toInsert(toRecord('b', { n: 7, slug: 'b' }))]);
      assert.equal(await again.count(NOTE, { n: 7 }), 2);
    },
  },
  {
    name: 'refuses a later unique index that the records break, and keeps them',
    run: async ({ driver, reopen }) => {
      await fill(driver, [toRecord('a', { n: 1 }), toRecord('b', { n: 1 })]);
      const reopened = await reopen();
      const indexes = [{ fields: ['ownerId', 'n'], unique: true }];
      await expectCode(storageErrors.DUPLICATE.code, reopened.prepare([noteCollection({ indexes })]));
      await reopened.prepare([noteCollection()]);
      assert.equal(await reopened.count(NOTE, {}), 2);
    },
  },
  {
    name: 'tells fields apart that differ in case only',
    run: async ({ driver }) => {
      const indexes = ['name', 'Name', 'na_me', 'naMe'].map((field) => ({ fields: [field], unique: false }));
      await driver.prepare([noteCollection({ indexes }), noteCollection({ name: 'kit.Note' })]);
      await driver.write([toInsert(toRecord('a', { name: 1, Name: 2, na_me: 3, naMe: 4 }))]);
      assert.equal(await driver.count(NOTE, { name: 1, Name: 2, na_me: 3, naMe: 4 }), 1);
      assert.equal(await driver.count('kit.Note', {}), 0);
    },
  },
  {
    name: 'removes records whose time has passed and no others',
    run: async ({ driver, sweep }) => {
      await driver.prepare([noteCollection({ ttl: 'expiresAt' })]);
      const now = Date.parse('2026-06-01T00:00:00.000Z');
      const records = Array.from({ length: COUNT }, (_, index) =>
        toRecord(`id-${number(index)}`, { expiresAt: new Date(now - 1 - index).toISOString() }),
      );
      const kept = [toRecord('later', { expiresAt: new Date(now + 1).toISOString() }), toRecord('never')];
      await driver.write([...records, ...kept].map(toInsert), 'relaxed');
      await sweep(now);
      assert.deepEqual(await findIds(driver, {}), ['later', 'never']);
    },
  },
  {
    name: 'changes nothing when it prepares again, and lets several prepares at once be',
    fault: 'duplicate',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { slug: 's' })]);
      const other = noteCollection({ name: 'kit.other' });
      await Promise.all([driver.prepare([noteCollection(), other]), driver.prepare([other, noteCollection()])]);
      await driver.prepare([]);
      assert.deepEqual(await findIds(driver, { where: { slug: 's' } }), ['a']);
      await expectCode(storageErrors.DUPLICATE.code, driver.write([toInsert(toRecord('b', { slug: 's' }))]));
    },
  },
  {
    name: 'refuses a collection with an odd name or an odd field in an index with STORAGE_INVALID',
    run: async ({ driver }) => {
      const names = ['note', 'kit.', '.note', 'kit.no te', 'kit.$where', 'kit."x"', 'kit.a\u0000b', ''];
      for (const name of names) {
        await expectCode(storageErrors.INVALID.code, driver.prepare([noteCollection({ name })]));
      }
      for (const field of ['$gt', 'a.b', '', 'a"b', 'a\u0000b']) {
        const indexes = [{ fields: [field], unique: false }];
        await expectCode(storageErrors.INVALID.code, driver.prepare([noteCollection({ indexes })]));
      }
      await fill(driver, [toRecord('a')]);
    },
  },
  {
    name: 'refuses a version without a migration to it, and a migration whose record JSON can not hold, keeping the records',
    run: async ({ driver, reopen }) => {
      await fill(driver, [toRecord('a', { n: 1 })]);
      const second = await reopen();
      await assert.rejects(second.prepare([noteCollection({ version: 3, migrate: { 1: addOne } })]));
      const third = await reopen();
      const toDate = (old: Record<string, unknown>) => ({ ...old, at: new Date(0) });
      await assert.rejects(third.prepare([noteCollection({ version: 2, migrate: { 1: toDate } })]));
      const fourth = await reopen();
      await fourth.prepare([noteCollection({ version: 2, migrate: { 1: addOne } })]);
      assert.deepEqual(await fourth.get(NOTE, 'a', {}), toRecord('a', { n: 2 }));
    },
  },
  {
    name: 'serves other indexes and other versions as often as they change',
    run: async ({ driver, reopen }) => {
      await fill(driver, manyRecords());
      const shapes = [
        { indexes: [{ fields: ['n'], unique: false }] },
        { indexes: [{ fields: ['n', 'createdAt'], unique: false }], version: 2, migrate: { 1: addOne } },
        { indexes: [], version: 2, ttl: 'n' },
        { indexes: [{ fields: ['createdAt', 'n'], unique: true }], version: 3, migrate: { 2: addOne } },
      ];
      let last = driver;
      for (const shape of shapes) {
        last = await reopen();
        await last.prepare([noteCollection(shape)]);
        assert.equal((await last.count(NOTE, { n: { gte: 600 } })) >= 600, true);
      }
      assert.equal(await sumOf(last, 'n'), SUM + 2 * COUNT);
      assert.deepEqual(await findIds(last, { where: { n: 2 } }), ['id-0000']);
    },
  },
  {
    name: 'migrates while another collection is read and written',
    fault: 'slow',
    run: async ({ driver, reopen }) => {
      await fill(driver, manyRecords());
      const other = noteCollection({ name: 'kit.other' });
      const reopened = await reopen();
      await reopened.prepare([other]);
      const migrating = reopened.prepare([noteCollection({ version: 2, migrate: { 1: addOne } })]);
      await reopened.write([{ kind: 'insert', collection: other.name, record: toRecord('a') }]);
      assert.equal(await reopened.count(other.name, {}), 1);
      await migrating;
      assert.equal(await sumOf(reopened, 'n'), SUM + COUNT);
    },
  },
  {
    name: 'leaves records be whose time to live is missing, null, no text or changed in time',
    run: async ({ driver, sweep }) => {
      await driver.prepare([noteCollection({ ttl: 'expiresAt' })]);
      const past = '2026-01-01T00:00:00.000Z';
      const values = { missing: undefined, none: null, number: 5, list: [past], changed: past, gone: past };
      await driver.write(
        Object.entries(values).map(([id, expiresAt]) => toInsert(toRecord(id, { expiresAt }))),
        'relaxed',
      );
      await driver.write([toUpdate('changed', { expiresAt: '2027-01-01T00:00:00.000Z' })]);
      await sweep(Date.parse('2026-06-01T00:00:00.000Z'));
      assert.deepEqual(await findIds(driver, {}), ['changed', 'list', 'missing', 'none', 'number']);
    },
  },
];
