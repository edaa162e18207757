import assert from 'node:assert/strict';
import type { RecordBatch } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { collectBatches, COUNT, each, hashOf, manyRecords, number, placesOf } from './copies.ts';
import { fill, NOTE, noteCollection, toDelete, toInsert, toRecord, toUpdate } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Backups and statistics. */
export const backupCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'backs up every collection in order, in batches of at most 500 records',
    run: async ({ driver }) => {
      const other = noteCollection({ name: 'kit.Other', scope: 'global', version: 3, indexes: [] });
      await driver.prepare([noteCollection(), noteCollection({ name: 'kit.empty' }), other]);
      const odd = ['Z', 'é', '\uff5e', '😀'].map((id) => toRecord(id));
      await driver.write([...manyRecords(), ...odd].map(toInsert));
      await driver.write([{ kind: 'insert', collection: other.name, record: toRecord('a') }]);
      const batches = await collectBatches(driver);
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
    name: 'backs up large records in batches of about 1 MB, and a larger one all the same',
    fault: 'huge',
    timeoutMs: 30_000,
    run: async ({ driver }) => {
      await driver.prepare([noteCollection()]);
      const text = 'x'.repeat(200_000);
      for (let index = 0; index < 20; index += 1) {
        await driver.write([toInsert(toRecord(`id-${number(index)}`, { text }))], 'relaxed');
      }
      await driver.write([toInsert(toRecord('large', { text: 'x'.repeat(3_000_000) }))]);
      const batches = await collectBatches(driver);
      assert.equal(placesOf(batches).length, 21);
      for (const { records } of batches) {
        const characters = records.reduce((sum, record) => sum + JSON.stringify(record).length, 0);
        assert.ok(characters < 1_300_000 || records.some(({ id }) => id === 'large'), `${characters}`);
        assert.ok(characters < 4_300_000, `${characters}`);
      }
    },
  },
  {
    name: 'backs up one instant while records are written, changed and removed',
    fault: 'slow',
    timeoutMs: 30_000,
    run: async ({ driver }) => {
      await fill(driver, manyRecords());
      let round = 0;
      const seen: RecordBatch[] = [];
      for await (const batch of driver.backup()) {
        seen.push(batch);
        for (let index = 0; index < 20; index += 1) {
          const id = number(round);
          await driver.write(
            [
              toInsert(toRecord(`a-${id}`)),
              toInsert(toRecord(`z-${id}`)),
              toUpdate(`id-${number(1_100 - round)}`, { n: -1 }),
              toDelete(`id-${number(1_199 - round)}`),
            ],
            'relaxed',
          );
          round += 1;
        }
        await turn();
      }
      const records = seen.flatMap((batch) => batch.records);
      const changed = new Set(records.filter(({ n }) => n === -1).map(({ id }) => id));
      const count = (prefix: string) => records.filter(({ id }) => id.startsWith(prefix)).length;
      // The first batch is read before the first write, so the one instant that can be seen is the one before all.
      assert.deepEqual([count('a-'), count('z-'), changed.size, count('id-')], [0, 0, 0, COUNT]);
    },
  },
  {
    name: 'backs up nothing of a transaction that is open',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      await driver.transaction(async (session) => {
        await session.write([toInsert(toRecord('b')), toUpdate('a', { n: 1 })]);
        const [batch] = await collectBatches(driver);
        assert.deepEqual([...(batch?.records ?? [])], [toRecord('a')]);
      });
    },
  },
  {
    name: 'backs up twice at the same time, to the same records',
    run: async ({ driver }) => {
      await fill(driver, manyRecords());
      const [one, other] = await Promise.all([hashOf(driver), hashOf(driver)]);
      assert.deepEqual(one, other);
      assert.equal(one[NOTE]?.count, COUNT);
    },
  },
  {
    name: 'goes on with a backup behind a place, also of a record that is gone',
    run: async ({ driver }) => {
      await fill(driver, manyRecords());
      await driver.prepare([noteCollection({ name: 'kit.a' }), noteCollection({ name: 'kit.z' })]);
      for (const collection of ['kit.a', 'kit.z']) {
        await driver.write([{ kind: 'insert', collection, record: toRecord('a') }]);
      }
      await driver.write([toDelete('id-0699')]);
      const rest = manyRecords().slice(700);
      const places = async (collection: string, id: string) =>
        placesOf(await collectBatches(driver, { after: { collection, id } }));
      assert.deepEqual(await places(NOTE, 'id-0699'), [...rest.map(({ id }) => `${NOTE}/${id}`), 'kit.z/a']);
      assert.deepEqual(await places('kit.b', 'a'), [
        ...manyRecords().flatMap(({ id }) => (id === 'id-0699' ? [] : [`${NOTE}/${id}`])),
        'kit.z/a',
      ]);
      assert.deepEqual(await places('kit.z', 'a'), []);
    },
  },
  {
    name: 'ends a backup at its signal, with the reason, and when its reader leaves',
    fault: 'abort',
    run: async ({ driver, reopen }) => {
      await fill(driver, manyRecords());
      const stop = new AbortController();
      const reason = new Error('enough');
      const reading = (async () => {
        for await (const _batch of driver.backup({ signal: stop.signal })) stop.abort(reason);
      })();
      await assert.rejects(reading, (error) => error === reason);
      await assert.rejects(collectBatches(driver, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
      for await (const _batch of driver.backup()) break;
      await driver.write([toInsert(toRecord('later'))]);
      const reopened = await reopen();
      assert.equal((await hashOf(reopened))[NOTE]?.count, COUNT + 1);
    },
  },
  {
    name: 'backs up and counts collections that nobody has prepared since the start',
    run: async ({ driver, reopen }) => {
      await fill(driver, manyRecords());
      await driver.prepare([noteCollection({ name: 'kit.empty', scope: 'tenant', version: 4 })]);
      const before = await hashOf(driver);
      const reopened = await reopen();
      assert.deepEqual(await hashOf(reopened), before);
      const { collections, bytes } = await reopened.statistics();
      assert.deepEqual(
        Array.from(collections, ({ name, count, version, scope }) => ({ name, count, version, scope })),
        [
          { name: 'kit.empty', count: 0, version: 4, scope: 'tenant' },
          { name: NOTE, count: COUNT, version: 1, scope: 'user' },
        ],
      );
      assert.ok(bytes === undefined || bytes > 0);
    },
  },
  {
    name: 'refuses nothing but garbage in a restore, and says so with STORAGE_INVALID',
    run: async ({ openEmpty }) => {
      const empty = await openEmpty();
      const batch: RecordBatch = { collection: NOTE, version: 1, scope: 'user', records: [toRecord('a')] };
      const hostile: readonly object[] = [
        { collection: 'no dot' },
        { collection: 'kit.x"; DROP TABLE x; --' },
        { collection: '$where.x' },
        { collection: '' },
        { records: [toRecord('')] },
        { records: [toRecord({ $gt: '' } as unknown as string)] },
        { records: [toRecord('b', { n: Number.NaN })] },
      ];
      for (const difference of hostile) {
        await expectCode('STORAGE_INVALID', empty.restore(each([{ ...batch, ...difference }])));
      }
      await empty.restore(each([batch]));
      assert.deepEqual(placesOf(await collectBatches(empty)), [`${NOTE}/a`]);
    },
  },
];
