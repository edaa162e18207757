import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { hashRecords } from '@parley/contracts';
import type { BackupOptions, RecordBatch, StorageDriver } from '@parley/contracts';
import type { KitCase } from '../kit.ts';
import { fill, NOTE, noteCollection, toInsert, toRecord } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const COUNT = 1_200;
const number = (index: number): string => String(index).padStart(4, '0');
const manyRecords = () => Array.from({ length: COUNT }, (_, index) => toRecord(`id-${number(index)}`, { n: index }));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const hashOf = async (driver: StorageDriver) => hashRecords(driver.backup(), () => createHash('sha256'));

async function collect(driver: StorageDriver, options?: BackupOptions): Promise<readonly RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of driver.backup(options)) batches.push(batch);
  return batches;
}

const placesOf = (batches: readonly RecordBatch[]): readonly string[] =>
  batches.flatMap(({ collection, records }) => records.map(({ id }) => `${collection}/${id}`));

async function* each(batches: readonly RecordBatch[]): AsyncGenerator<RecordBatch> {
  yield* batches;
}

/** Backup, restore and statistics. */
export const backupCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'backs up every collection in order, in batches of at most 500 records',
    run: async ({ driver }) => {
      const other = noteCollection({ name: 'kit.Other', scope: 'global', version: 3, indexes: [] });
      await driver.prepare([noteCollection(), other]);
      await driver.write(
        [...manyRecords(), toRecord('Z'), toRecord('é'), toRecord('😀'), toRecord('\uff5e')].map(toInsert),
      );
      await driver.write([{ kind: 'insert', collection: other.name, record: toRecord('a') }]);
      const batches = await collect(driver);
      assert.deepEqual(placesOf(batches), [
        'kit.Other/a',
        `${NOTE}/Z`,
        ...manyRecords().map(({ id }) => `${NOTE}/${id}`),
        `${NOTE}/é`,
        `${NOTE}/\uff5e`,
        `${NOTE}/😀`,
      ]);
      for (const { records } of batches) assert.ok(records.length > 0 && records.length <= 500, `${records.length}`);
      assert.deepEqual([batches[0]?.scope, batches[0]?.version], ['global', 3]);
      assert.deepEqual([batches[1]?.scope, batches[1]?.version], ['user', 1]);
    },
  },
  {
    name: 'backs up one consistent state while it is written to',
    run: async ({ driver }) => {
      await fill(driver, manyRecords());
      let pairs = 0;
      const seen: string[] = [];
      for await (const { records } of driver.backup()) {
        seen.push(...records.map(({ id }) => id));
        for (let index = 0; index < 20; index += 1) {
          const id = number(pairs);
          await driver.write([toInsert(toRecord(`a-${id}`)), toInsert(toRecord(`z-${id}`))], 'relaxed');
          pairs += 1;
        }
        await turn();
      }
      assert.deepEqual(
        seen.filter((id) => id.startsWith('id-')),
        manyRecords().map(({ id }) => id),
      );
      const count = (prefix: string) => seen.filter((id) => id.startsWith(prefix)).length;
      assert.equal(count('a-'), count('z-'));
    },
  },
  {
    name: 'restores a backup into an empty database as it was, before anything is prepared and as often as one likes',
    run: async ({ driver, openEmpty }) => {
      await fill(driver, manyRecords());
      const batches = await collect(driver);
      const empty = await openEmpty();
      await empty.restore(each(batches));
      assert.deepEqual(await hashOf(empty), await hashOf(driver));
      await empty.restore(each(batches.slice(1)));
      assert.deepEqual(await hashOf(empty), await hashOf(driver));
      await empty.prepare([noteCollection()]);
      assert.deepEqual(await empty.get(NOTE, 'id-0007', {}), toRecord('id-0007', { n: 7 }));
    },
  },
  {
    name: 'goes on with a backup behind a place',
    run: async ({ driver }) => {
      await fill(driver, manyRecords());
      const after = { collection: NOTE, id: 'id-0699' };
      assert.deepEqual(
        placesOf(await collect(driver, { after })),
        manyRecords()
          .slice(700)
          .map(({ id }) => `${NOTE}/${id}`),
      );
      assert.deepEqual(await collect(driver, { after: { collection: 'kit.z', id: '' } }), []);
    },
  },
  {
    name: 'counts what it keeps',
    run: async ({ driver }) => {
      await fill(driver, manyRecords());
      const { collections } = await driver.statistics();
      assert.deepEqual(
        [...collections].map(({ name, count, version, scope }) => ({ name, count, version, scope })),
        [{ name: NOTE, count: COUNT, version: 1, scope: 'user' }],
      );
    },
  },
];
