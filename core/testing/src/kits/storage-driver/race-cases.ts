import assert from 'node:assert/strict';
import { isAppError, storageErrors } from '@parley/contracts';
import type { Write } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { withFaults } from '../with-faults.ts';
import { fill, findIds, NOTE, noteCollection, toDelete, toInsert, toRecord, toUpdate } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const { CONFLICT, DUPLICATE, NOT_FOUND, UNAVAILABLE } = storageErrors;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** How often each outcome came: `done`, or the code of the error. */
async function outcomesOf(attempts: readonly Promise<unknown>[]): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.allSettled(attempts)) {
    const { status } = outcome;
    const name =
      status === 'fulfilled' ? 'done' : isAppError(outcome.reason) ? outcome.reason.code : String(outcome.reason);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Many at once, and calls that fail or wait. */
export const raceCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'lets exactly one of many updates of one rev win',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 0 })]);
      for (let rev = 1; rev <= 5; rev += 1) {
        const outcomes = await outcomesOf(times(20, (n) => driver.write([toUpdate('a', { n }, rev)])));
        assert.deepEqual(outcomes, { done: 1, [CONFLICT.code]: 19 });
      }
      assert.equal((await driver.get(NOTE, 'a', {}))?.rev, 6);
    },
  },
  {
    name: 'lets exactly one of many deletes win, and updates that come after it find nothing',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      const outcomes = await outcomesOf(times(10, () => driver.write([toDelete('a', 1)])));
      assert.deepEqual(outcomes, { done: 1, [NOT_FOUND.code]: 9 });
      await expectCode(NOT_FOUND.code, driver.write([toUpdate('a', {})]));
    },
  },
  {
    name: 'lets exactly one of many inserts of one id win, in one call or in transactions',
    fault: 'duplicate',
    run: async ({ driver }) => {
      await fill(driver, []);
      const attempts = times(20, (index) => {
        const write = toInsert(toRecord('a', { slug: `s-${index}` }));
        return index % 2 === 0 ? driver.write([write]) : driver.transaction((session) => session.write([write]));
      });
      assert.deepEqual(await outcomesOf(attempts), { done: 1, [DUPLICATE.code]: 19 });
    },
  },
  {
    name: 'lets exactly one of many updates to one unique value win',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(
        driver,
        times(10, (index) => toRecord(`id-${index}`)),
      );
      const attempts = times(10, (index) => driver.write([toUpdate(`id-${index}`, { slug: 'wanted' })]));
      assert.deepEqual(await outcomesOf(attempts), { done: 1, [DUPLICATE.code]: 9 });
      assert.equal(await driver.count(NOTE, { slug: 'wanted' }), 1);
    },
  },
  {
    name: 'loses no update of many without rev, each of its own field',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      await Promise.all(times(30, (index) => driver.write([toUpdate('a', { [`field_${index}`]: index })], 'relaxed')));
      const record = await driver.get(NOTE, 'a', {});
      assert.equal(record?.rev, 31);
      for (let index = 0; index < 30; index += 1) assert.equal(record?.[`field_${index}`], index);
    },
  },
  {
    name: 'does batches that cross wholly or not at all, and never waits for ever',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('left', { n: 0 }), toRecord('right', { n: 0 })]);
      const attempts = times(40, async (index) => {
        const writes: Write[] = [toUpdate('left', { n: index }), toUpdate('right', { n: index })];
        await driver.write(index % 2 === 0 ? writes : writes.toReversed(), 'relaxed');
      });
      assert.deepEqual(await outcomesOf(attempts), { done: 40 });
      const [left, right] = [await driver.get(NOTE, 'left', {}), await driver.get(NOTE, 'right', {})];
      assert.deepEqual([left?.['n'], left?.rev, right?.rev], [right?.['n'], 41, 41]);
    },
  },
  {
    name: 'shows a read between writes no half of a batch',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('left', { n: 0 }), toRecord('right', { n: 0 })]);
      const state = { isDone: false };
      const writing = (async () => {
        for (let n = 1; n <= 50; n += 1) {
          await driver.write([toUpdate('left', { n }), toUpdate('right', { n })], 'relaxed');
          await turn();
        }
        state.isDone = true;
      })();
      while (!state.isDone) {
        const { items } = await driver.find(NOTE, { limit: 2 });
        assert.equal(items[0]?.['n'], items[1]?.['n']);
        await turn();
      }
      await writing;
    },
  },
  {
    name: 'takes a unique value again that an update or a delete has given up, in the same batch too',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { slug: 's' }), toRecord('b', { slug: 't' })]);
      await driver.write([toUpdate('a', { slug: 'u' }), toInsert(toRecord('c', { slug: 's' }))]);
      await driver.write([toDelete('b'), toInsert(toRecord('b', { slug: 't' })), toUpdate('c', { slug: undefined })]);
      await driver.write([toInsert(toRecord('d', { slug: 's' }))]);
      assert.deepEqual(await findIds(driver, { sort: [['slug', 'asc']] }), ['c', 'd', 'b', 'a']);
    },
  },
  {
    name: 'refuses a batch that breaks a unique value within itself',
    run: async ({ driver }) => {
      await fill(driver, []);
      const twice = [toInsert(toRecord('a', { slug: 's' })), toInsert(toRecord('b', { slug: 's' }))];
      await expectCode(DUPLICATE.code, driver.write(twice));
      await expectCode(DUPLICATE.code, driver.write([toInsert(toRecord('a')), toInsert(toRecord('a'))]));
      assert.equal(await driver.count(NOTE, {}), 0);
    },
  },
  {
    name: 'keeps compound values unique as a whole, null included, and lets a record without one of them be',
    run: async ({ driver }) => {
      const indexes = [{ fields: ['ownerId', 'group', 'slug'], unique: true }];
      await driver.prepare([noteCollection({ indexes })]);
      const pairs: readonly object[] = [
        { group: 1, slug: 'a' },
        { group: 1, slug: 'b' },
        { group: '1', slug: 'a' },
        { group: null, slug: 'a' },
        { group: true, slug: 'a' },
        { slug: 'a' },
        { group: 1 },
      ];
      await driver.write(pairs.map((pair, index) => toInsert(toRecord(`id-${index}`, { ...pair }))));
      for (const pair of pairs.slice(0, 5)) {
        await expectCode(DUPLICATE.code, driver.write([toInsert(toRecord('again', { ...pair }))]));
      }
      await driver.write(pairs.slice(5).map((pair, index) => toInsert(toRecord(`again-${index}`, { ...pair }))));
      await driver.write([toInsert(toRecord('other', { group: 1, slug: 'a', ownerId: 'other' }))]);
    },
  },
  {
    name: 'undoes a transaction in which a call fails, as often as it fails',
    fault: 'cut',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 0 })]);
      const faulty = withFaults(driver, (method, count) => {
        if (method === 'write' && count % 2 === 0) throw UNAVAILABLE();
      });
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const work = faulty.transaction(async (session) => {
          await session.write([toUpdate('a', { n: 1 }), toInsert(toRecord('b'))]);
          await session.write([toInsert(toRecord('c'))]);
        });
        await expectCode(UNAVAILABLE.code, work);
      }
      assert.deepEqual(await driver.find(NOTE, { limit: 10 }), { items: [toRecord('a', { n: 0 })] });
      await driver.write([toInsert(toRecord('b'))]);
    },
  },
  {
    name: 'serves others while the calls of one transaction are slow',
    fault: 'slow',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 0 })]);
      const wait = Promise.withResolvers<void>();
      const slow = withFaults(driver, (method) => (method === 'get' ? wait.promise : undefined));
      const work = slow.transaction(async (session) => {
        await session.write([toUpdate('a', { n: 1 })]);
        return session.get(NOTE, 'a', {});
      });
      for (let read = 0; read < 20; read += 1) {
        assert.equal((await driver.get(NOTE, 'a', {}))?.['n'], 0);
        await turn();
      }
      const waiting = driver.write([toUpdate('a', { other: true })]);
      wait.resolve();
      assert.equal((await work)?.['n'], 1);
      await waiting;
      assert.deepEqual(await driver.get(NOTE, 'a', {}), toRecord('a', { n: 1, other: true, rev: 3 }));
    },
  },
];
