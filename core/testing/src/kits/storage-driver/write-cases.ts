import assert from 'node:assert/strict';
import { isAppError, storageErrors } from '@parley/contracts';
import type { StorageDriver } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { fill, findIds, NOTE, noteCollection, toDelete, toInsert, toRecord, toUpdate } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const { CONFLICT, DUPLICATE, INVALID, NOT_FOUND } = storageErrors;

async function addOne(driver: StorageDriver): Promise<void> {
  for (;;) {
    const record = await driver.get(NOTE, 'counter', {});
    try {
      await driver.write([toUpdate('counter', { n: Number(record?.['n']) + 1 }, record?.rev)], 'relaxed');
      return;
    } catch (error) {
      if (!isAppError(error, CONFLICT.code)) throw error;
    }
  }
}

/** Conflicts, unique values and batches. */
export const writeCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'refuses a write whose rev is not the current one with STORAGE_CONFLICT',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      await driver.write([toUpdate('a', { n: 1 }, 1)]);
      await expectCode(CONFLICT.code, driver.write([toUpdate('a', { n: 2 }, 1)]));
      await expectCode(CONFLICT.code, driver.write([toDelete('a', 1)]));
      assert.equal((await driver.get(NOTE, 'a', {}))?.['n'], 1);
      await driver.write([toDelete('a', 2)]);
    },
  },
  {
    name: 'loses no addition of many writers that go by rev',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('counter', { n: 0 })]);
      await Promise.all(Array.from({ length: 30 }, () => addOne(driver)));
      const counter = await driver.get(NOTE, 'counter', {});
      assert.deepEqual([counter?.['n'], counter?.rev], [30, 31]);
    },
  },
  {
    name: 'refuses a second record of one id with STORAGE_DUPLICATE',
    fault: 'duplicate',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      await expectCode(DUPLICATE.code, driver.write([toInsert(toRecord('a', { ownerId: 'other' }))]));
    },
  },
  {
    name: 'refuses a second unique value of one owner with STORAGE_DUPLICATE, naming the field',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { slug: 's' })]);
      await driver.write([toInsert(toRecord('b', { slug: 's', ownerId: 'other' }))]);
      const error = await driver.write([toInsert(toRecord('c', { slug: 's' }))]).catch((thrown: unknown) => thrown);
      assert.ok(isAppError(error, DUPLICATE.code), String(error));
      assert.deepEqual(error.details['fields'], ['slug']);
      await driver.write([toInsert(toRecord('d', { slug: 't' }))]);
      await expectCode(DUPLICATE.code, driver.write([toUpdate('d', { slug: 's' })]));
    },
  },
  {
    name: 'takes any number of records without the unique value, and tells kinds and cases apart',
    run: async ({ driver }) => {
      const slugs = [undefined, undefined, '1', 1, 'a', 'A', true, 'true', 'é', 'e\u0301'];
      await fill(
        driver,
        slugs.map((slug, index) => toRecord(`id-${index}`, { slug })),
      );
      assert.equal(await driver.count(NOTE, {}), slugs.length);
    },
  },
  {
    name: 'lets one of many win a unique value',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, []);
      const attempts = Array.from({ length: 20 }, (_, index) =>
        driver.write([toInsert(toRecord(`id-${index}`, { slug: 's' }))]),
      );
      const outcomes = await Promise.allSettled(attempts);
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          assert.ok(isAppError(outcome.reason, DUPLICATE.code), String(outcome.reason));
      }
      assert.equal(await driver.count(NOTE, {}), 1);
    },
  },
  {
    name: 'does all writes of a batch in order, over several collections, and returns a result for each',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection(), noteCollection({ name: 'kit.other' })]);
      const results = await driver.write([
        toInsert(toRecord('a')),
        { kind: 'insert', collection: 'kit.other', record: toRecord('a', { other: true }) },
        toUpdate('a', { n: 1 }, 1),
        toInsert(toRecord('b')),
        toDelete('b'),
      ]);
      assert.deepEqual(
        results.map((record) => record?.rev),
        [1, 1, 2, 1, undefined],
      );
      assert.equal((await driver.get('kit.other', 'a', {}))?.['other'], true);
    },
  },
  {
    name: 'does no write of a batch when one fails',
    fault: 'cut',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { slug: 's' })]);
      const attempts = [
        [NOT_FOUND, toDelete('missing')],
        [CONFLICT, toUpdate('a', {}, 7)],
        [DUPLICATE, toInsert(toRecord('c', { slug: 's' }))],
      ] as const;
      for (const [error, last] of attempts) {
        await expectCode(error.code, driver.write([toInsert(toRecord('b')), toUpdate('a', { n: 1 }), last]));
      }
      assert.deepEqual(await findIds(driver, {}), ['a']);
      assert.deepEqual(await driver.get(NOTE, 'a', {}), toRecord('a', { slug: 's' }));
    },
  },
  {
    name: 'takes an empty batch, and one of a thousand',
    fault: 'huge',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      assert.deepEqual(await driver.write([]), []);
      const records = Array.from({ length: 1_000 }, (_, index) => toRecord(`id-${index}`));
      assert.equal((await driver.write(records.map(toInsert), 'relaxed')).length, 1_000);
      assert.equal(await driver.count(NOTE, {}), 1_000);
    },
  },
  {
    name: 'refuses a collection that was never prepared with STORAGE_INVALID',
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      await expectCode(INVALID.code, driver.count('kit.unknown', {}));
      await expectCode(
        INVALID.code,
        driver.write([{ kind: 'insert', collection: 'kit.unknown', record: toRecord('a') }]),
      );
    },
  },
];
