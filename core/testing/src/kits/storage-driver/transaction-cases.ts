import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import type { StorageSession, Write } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { fill, findIds, NOTE, toInsert, toRecord, toUpdate } from './subject.ts';
import type { StorageSubject } from './subject.ts';

const { DUPLICATE, NESTED_WRITE } = storageErrors;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Transactions. */
export const transactionCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'commits what a transaction wrote and returns its result',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 1 })]);
      const result = await driver.transaction(async (session) => {
        const record = await session.get(NOTE, 'a', {});
        await session.write([toUpdate('a', { n: Number(record?.['n']) + 1 })]);
        return 'done';
      });
      assert.equal(result, 'done');
      assert.equal((await driver.get(NOTE, 'a', {}))?.['n'], 2);
    },
  },
  {
    name: 'undoes everything and passes the error on when the work throws',
    fault: 'abort',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 1 })]);
      const reason = new Error('the work failed');
      const work = driver.transaction(async (session) => {
        await session.write([toUpdate('a', { n: 2 }), toInsert(toRecord('b'))]);
        throw reason;
      });
      await assert.rejects(work, (error) => error === reason);
      assert.deepEqual([await findIds(driver, {}), (await driver.get(NOTE, 'a', {}))?.['n']], [['a'], 1]);
    },
  },
  {
    name: 'updates what is stored, whatever the work did to a record it read',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 1, tags: ['x'] }), toRecord('b')]);
      await driver.transaction(async (session) => {
        const where = {};
        const update = (patch: Readonly<Record<string, unknown>>): Write => ({
          kind: 'update',
          collection: NOTE,
          id: 'a',
          where,
          patch,
        });
        const tags = (await session.get(NOTE, 'a', where))?.['tags'];
        if (Array.isArray(tags)) tags.push('y');
        await session.write([update({ n: 2 })]);
        await expectCode(DUPLICATE.code, session.write([update({ n: 8 }), toInsert(toRecord('b'))]));
        await session.get(NOTE, 'a', where);
        await session.write([update({ m: 3 })]);
      });
      const { n, m, tags, rev } = (await driver.get(NOTE, 'a', {})) as Record<string, unknown>;
      assert.deepEqual({ n, m, tags, rev }, { n: 2, m: 3, tags: ['x'], rev: 3 });
    },
  },
  {
    name: 'lets a transaction see its own writes and nobody else see them before the commit',
    run: async ({ driver }) => {
      await fill(driver, []);
      await driver.transaction(async (session) => {
        await session.write([toInsert(toRecord('a'))]);
        assert.deepEqual(await findIds(session, {}), ['a'], 'inside');
        assert.equal(await session.count(NOTE, {}), 1);
        assert.deepEqual(await findIds(driver, {}), [], 'outside');
        assert.equal(await driver.get(NOTE, 'a', {}), undefined);
      });
      assert.deepEqual(await findIds(driver, {}), ['a']);
    },
  },
  {
    name: 'serves reads from outside while a transaction is open',
    fault: 'slow',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      const open = Promise.withResolvers<void>();
      const work = driver.transaction(async (session) => {
        await session.write([toInsert(toRecord('b'))]);
        await open.promise;
      });
      await turn();
      assert.deepEqual(await findIds(driver, {}), ['a']);
      open.resolve();
      await work;
      assert.deepEqual(await findIds(driver, {}), ['a', 'b']);
    },
  },
  {
    name: 'does transactions and writes from outside one after the other',
    fault: 'reorder',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { n: 0 })]);
      const add = async (session: StorageSession) => {
        const n = Number((await session.get(NOTE, 'a', {}))?.['n']);
        await turn();
        await session.write([toUpdate('a', { n: n + 1 })], 'relaxed');
      };
      const work = Array.from({ length: 10 }, () => driver.transaction(add));
      await Promise.all([...work, driver.write([toUpdate('a', { other: true })])]);
      const record = await driver.get(NOTE, 'a', {});
      assert.deepEqual([record?.['n'], record?.['other'], record?.rev], [10, true, 12]);
    },
  },
  {
    name: 'keeps a transaction usable after a batch in it failed, without that batch',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { slug: 's' })]);
      await driver.transaction(async (session) => {
        await session.write([toInsert(toRecord('b'))]);
        const batch = [toInsert(toRecord('c')), toInsert(toRecord('d', { slug: 's' }))];
        await expectCode(DUPLICATE.code, session.write(batch));
        await session.write([toInsert(toRecord('e'))]);
      });
      assert.deepEqual(await findIds(driver, {}), ['a', 'b', 'e']);
    },
  },
  {
    name: 'reports a write or transaction from outside, inside the work, as STORAGE_NESTED_WRITE instead of waiting for ever',
    run: async ({ driver }) => {
      await fill(driver, []);
      await driver.transaction(async (session) => {
        await session.write([toInsert(toRecord('a'))]);
        await expectCode(NESTED_WRITE.code, driver.write([toInsert(toRecord('b'))]));
        await expectCode(
          NESTED_WRITE.code,
          driver.transaction(async () => undefined),
        );
      });
      assert.deepEqual(await findIds(driver, {}), ['a']);
    },
  },
  {
    name: 'lets work that a transaction started write once the transaction has ended',
    run: async ({ driver }) => {
      await fill(driver, []);
      const ended = Promise.withResolvers<void>();
      const { promise: later } = await driver.transaction(async () => ({
        promise: ended.promise.then(() => driver.write([toInsert(toRecord('a'))])),
      }));
      ended.resolve();
      await later;
      assert.deepEqual(await findIds(driver, {}), ['a']);
    },
  },
  {
    name: 'refuses the use of a session after its transaction',
    run: async ({ driver }) => {
      await fill(driver, []);
      const session = await driver.transaction(async (inside) => ({ inside }));
      await assert.rejects(session.inside.write([toInsert(toRecord('a'))]));
      await assert.rejects(session.inside.find(NOTE, { limit: 1 }));
      assert.deepEqual(await findIds(driver, {}), []);
    },
  },
];
