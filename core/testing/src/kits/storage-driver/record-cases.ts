import assert from 'node:assert/strict';
import { storageErrors } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { fill, findIds, NOTE, noteCollection, toDelete, toRecord, toUpdate } from './subject.ts';
import type { StorageSubject } from './subject.ts';

/** What goes in comes out: revisions, what a write returns. */
export const recordCases: readonly KitCase<StorageSubject>[] = [
  {
    name: 'returns a record as it was inserted',
    run: async ({ driver }) => {
      const record = toRecord('a', { text: 'x', list: [1, 'two', { three: [true, null] }], empty: {}, none: null });
      await fill(driver, [record]);
      assert.deepEqual(await driver.get(NOTE, 'a', {}), record);
    },
  },
  {
    name: 'returns undefined for a record that is not there or outside the filter',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      assert.equal(await driver.get(NOTE, 'b', {}), undefined);
      assert.equal(await driver.get(NOTE, 'a', { ownerId: 'other' }), undefined);
    },
  },
  {
    name: 'raises rev and returns the whole record at an update',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a', { title: 'old', kept: 1, gone: 2 })]);
      const [updated] = await driver.write([toUpdate('a', { title: 'new', gone: undefined })]);
      assert.deepEqual(updated, toRecord('a', { title: 'new', kept: 1, rev: 2 }));
      assert.deepEqual(await driver.get(NOTE, 'a', {}), updated);
    },
  },
  {
    name: 'never lets a patch change id or rev',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      const [updated] = await driver.write([toUpdate('a', { id: 'b', rev: 99 })]);
      assert.deepEqual([updated?.id, updated?.rev], ['a', 2]);
    },
  },
  {
    name: 'removes a deleted record and returns undefined for it',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a'), toRecord('b')]);
      assert.deepEqual(await driver.write([toDelete('a')]), [undefined]);
      assert.deepEqual(await findIds(driver, {}), ['b']);
    },
  },
  {
    name: 'reports a missing record, and one outside the filter, as STORAGE_NOT_FOUND',
    run: async ({ driver }) => {
      await fill(driver, [toRecord('a')]);
      const code = storageErrors.NOT_FOUND.code;
      const outside = { collection: NOTE, id: 'a', where: { ownerId: 'other' } };
      await expectCode(code, driver.write([toUpdate('b', {})]));
      await expectCode(code, driver.write([toDelete('b')]));
      await expectCode(code, driver.write([{ kind: 'update', ...outside, patch: { title: 'x' } }]));
      await expectCode(code, driver.write([{ kind: 'delete', ...outside }]));
      assert.deepEqual(await driver.get(NOTE, 'a', {}), toRecord('a'));
    },
  },
  {
    name: 'has its records again after a restart',
    run: async ({ driver, reopen }) => {
      await fill(driver, [toRecord('a', { n: 1 })]);
      await driver.write([toUpdate('a', { n: 2 })], 'relaxed');
      const reopened = await reopen();
      await reopened.prepare([noteCollection()]);
      assert.equal((await reopened.get(NOTE, 'a', {}))?.['n'], 2);
    },
  },
];
