import { DatabaseSync } from 'node:sqlite';
import { expect, it } from '@jest/globals';
import { isAppError, storageErrors } from '@parley/contracts';
import { toStorageError } from './sqlite-errors.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

it('tells a full disk apart', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (x); PRAGMA max_page_count = 2');
  const error = thrownBy(() => db.prepare('INSERT INTO t VALUES (zeroblob(100000))').run());
  expect(isAppError(toStorageError(error, 'test.note'), 'STORAGE_FULL')).toBe(true);
});

it('takes a file that is no database for unavailable', () => {
  const error = thrownBy(() => new DatabaseSync(import.meta.filename).exec('CREATE TABLE t (x)'));
  expect(isAppError(toStorageError(error, 'test.note'), 'STORAGE_UNAVAILABLE')).toBe(true);
});

it('leaves application errors and mistakes in our own statements as they are', () => {
  const known = storageErrors.CONFLICT({ entity: 'note', id: 'a' });
  const mistake = thrownBy(() => new DatabaseSync(':memory:').exec('SELEKT'));
  expect(toStorageError(known, 'test.note')).toBe(known);
  expect(toStorageError(mistake, 'test.note')).toBe(mistake);
});
