import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import type { StorageDriver } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { fill, findIds, NOTE, noteCollection, toInsert, toRecord } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const COUNT = 1_200;
const number = (index: number): string => String(index).padStart(4, '0');
const manyRecords = () => Array.from({ length: COUNT }, (_, index) => toRecord(`id-${number(index)}`, { n: index }));

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
];
