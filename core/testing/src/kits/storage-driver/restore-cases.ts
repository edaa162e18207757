import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import type { RecordBatch, StoredRecord } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { collectBatches, COUNT, each, hashOf, manyRecords, number } from './copies.ts';
import { fill, findIds, NOTE, noteCollection, toInsert, toRecord } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const { DUPLICATE } = storageErrors;

const toBatch = (version: number, records: readonly StoredRecord[]): RecordBatch => ({
  collection: NOTE,
  version,
  scope: 'user',
  records,
});

const addOne = (old: Record<string, unknown>): Record<string, unknown> => ({ ...old, n: Number(old['n']) + 1 });

/** Restores: what a backup held is there again, in any driver. */
export const restoreCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'restores a backup into an empty database as it was, before anything is prepared',
    run: async ({ driver, openEmpty }) => {
      const odd = JSON.parse('{"__proto__":{"a.b":{"$gt":"\\u0000"}},"":[null,1e308,"é","e\\u0301","😀"]}') as unknown;
      await fill(driver, [...manyRecords(), toRecord('odd', { odd, rev: 7, createdAt: '', none: null })]);
      const empty = await openEmpty();
      await empty.restore(driver.backup());
      assert.deepEqual(await hashOf(empty), await hashOf(driver));
      await empty.prepare([noteCollection()]);
      assert.equal(JSON.stringify(await empty.get(NOTE, 'odd', {})), JSON.stringify(await driver.get(NOTE, 'odd', {})));
      assert.deepEqual(await findIds(empty, { where: { n: 7 } }), ['id-0007']);
    },
  },
  {
    name: 'keeps a restore over a restart',
    run: async ({ driver, reopen, openEmpty }) => {
      const source = await openEmpty();
      await fill(source, manyRecords());
      await driver.restore(source.backup());
      const reopened = await reopen();
      assert.deepEqual(await hashOf(reopened), await hashOf(source));
    },
  },
  {
    name: 'changes nothing when batches are restored again, in whole or in part',
    fault: 'duplicate',
    run: async ({ driver, openEmpty }) => {
      await fill(driver, manyRecords());
      const batches = await collectBatches(driver);
      const empty = await openEmpty();
      await empty.restore(each(batches));
      await empty.restore(each(batches));
      await empty.restore(each(batches.slice(1)));
      await empty.restore(each([]));
      assert.deepEqual(await hashOf(empty), await hashOf(driver));
    },
  },
  {
    name: 'goes on with a transfer that was cut off, behind the last place or with the last batch again',
    fault: 'cut',
    run: async ({ driver, openEmpty }) => {
      await fill(driver, manyRecords());
      const empty = await openEmpty();
      const cutOff = new Error('cut off');
      const place = { collection: NOTE, id: '' };
      async function* half(): AsyncGenerator<RecordBatch> {
        for await (const batch of driver.backup()) {
          if (place.id !== '') throw cutOff;
          yield batch;
          place.id = batch.records.at(-1)?.id ?? '';
        }
      }
      await assert.rejects(empty.restore(half()), (error) => error === cutOff);
      await empty.restore(driver.backup({ after: place }));
      await empty.restore(driver.backup({ after: { ...place, id: number(0) } }));
      assert.deepEqual(await hashOf(empty), await hashOf(driver));
    },
  },
  {
    name: 'replaces records with the same id by those of the batch',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { slug: 'old', gone: 1 }), toRecord('b', { slug: 'kept' })]);
      const record = toRecord('a', { slug: 'new', rev: 9, updatedAt: '2027-01-01T00:00:00.000Z' });
      await driver.restore(each([toBatch(1, [record])]));
      await driver.prepare([noteCollection()]);
      assert.deepEqual(await driver.get(NOTE, 'a', {}), record);
      assert.deepEqual(await findIds(driver, { where: { slug: { in: ['new', 'old', 'kept'] } } }), ['a', 'b']);
    },
  },
  {
    name: "migrates restored records from the batch's version at the next prepare, also in a collection that was prepared",
    run: async ({ openEmpty }) => {
      for (const isPrepared of [false, true]) {
        const driver = await openEmpty();
        const collection = noteCollection({ version: 3, migrate: { 1: addOne, 2: addOne } });
        if (isPrepared) await driver.prepare([collection]);
        await driver.restore(each([toBatch(1, [toRecord('a', { n: 1 })]), toBatch(1, [toRecord('b', { n: 2 })])]));
        await driver.prepare([collection]);
        assert.deepEqual((await driver.find(NOTE, { limit: 5 })).items, [
          toRecord('a', { n: 3 }),
          toRecord('b', { n: 4 }),
        ]);
        assert.deepEqual(
          (await collectBatches(driver)).map(({ version }) => version),
          [3],
        );
      }
    },
  },
  {
    name: 'goes on with the migration of a collection that was backed up in the middle of one',
    run: async ({ driver, openEmpty }) => {
      const newer = toBatch(2, [toRecord('a', { n: 11 }), toRecord('b', { n: 12 })]);
      const older = toBatch(1, [toRecord('c', { n: 3 }), toRecord('d', { n: 4 })]);
      await driver.restore(each([newer, older]));
      await driver.restore(each([older]));
      await driver.restore(each([newer]));
      const copied = await openEmpty();
      await copied.restore(driver.backup());
      assert.deepEqual(await hashOf(copied), await hashOf(driver));
      for (const each of [driver, copied]) {
        const batches = await collectBatches(each);
        assert.deepEqual(
          batches.map(({ version, records }) => [version, records.map(({ id }) => id)]),
          [
            [2, ['a', 'b']],
            [1, ['c', 'd']],
          ],
        );
        const migrate = { 1: (old: Record<string, unknown>) => ({ ...old, n: Number(old['n']) + 10 }) };
        await each.prepare([noteCollection({ version: 2, migrate })]);
        const { items } = await each.find(NOTE, { limit: 5 });
        assert.deepEqual(
          Array.from(items, ({ n }) => n),
          [11, 12, 13, 14],
        );
      }
    },
  },
  {
    name: 'refuses restored records of a newer version at the next prepare, and keeps them',
    run: async ({ driver }) => {
      await driver.restore(each([toBatch(3, [toRecord('a')])]));
      await assert.rejects(driver.prepare([noteCollection({ version: 2 })]));
      assert.equal((await hashOf(driver))[NOTE]?.count, 1);
    },
  },
  {
    name: 'has the indexes, unique values and times to live of restored records after the next prepare',
    run: async ({ driver, openEmpty, sweep }) => {
      const source = await openEmpty();
      const collection = noteCollection({ ttl: 'expiresAt' });
      await source.prepare([collection]);
      await source.write([
        toInsert(toRecord('a', { slug: 's' })),
        toInsert(toRecord('b', { slug: 't', expiresAt: '2026-01-01T00:00:00.000Z' })),
      ]);
      await driver.restore(source.backup());
      await driver.prepare([collection]);
      await expectCode(DUPLICATE.code, driver.write([toInsert(toRecord('c', { slug: 's' }))]));
      await sweep(Date.parse('2026-06-01T00:00:00.000Z'));
      assert.deepEqual(await findIds(driver, {}), ['a']);
    },
  },
  {
    name: 'restores many collections at once, with a record of 1 MB',
    fault: 'huge',
    timeoutMs: 30_000,
    run: async ({ driver, openEmpty }) => {
      const names = Array.from({ length: 12 }, (_, index) => `kit.c${number(index)}`);
      await driver.prepare(names.map((name) => noteCollection({ name })));
      const text = 'é'.repeat(500_000);
      for (const collection of names) {
        const records = [toRecord('a', { text }), ...manyRecords().slice(0, 50)];
        await driver.write(
          records.map((record) => ({ kind: 'insert', collection, record })),
          'relaxed',
        );
      }
      const empty = await openEmpty();
      await empty.restore(driver.backup());
      assert.deepEqual(await hashOf(empty), await hashOf(driver));
      const { collections } = await empty.statistics();
      assert.deepEqual(
        Array.from(collections, ({ name, count }) => `${name} ${count}`),
        names.map((name) => `${name} 51`),
      );
    },
  },
  {
    name: 'takes writes again after a restore',
    run: async ({ driver, openEmpty }) => {
      await fill(driver, manyRecords());
      const empty = await openEmpty();
      await empty.restore(driver.backup());
      await empty.prepare([noteCollection()]);
      await empty.write([toInsert(toRecord('later', { slug: 'later' }))]);
      assert.equal(await empty.count(NOTE, {}), COUNT + 1);
    },
  },
];
