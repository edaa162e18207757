import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAppError } from '@parley/contracts';
import type { Collection, StoredRecord, Write } from '@parley/contracts';
import { createSqliteDriver } from './sqlite-driver.ts';
import type { SqliteDriver } from './sqlite-driver.ts';

const NOTE = 'test.note';
const collection: Collection = { name: NOTE, scope: 'user', version: 1, indexes: [] };
const insert = (id: string): Write => ({
  kind: 'insert',
  collection: NOTE,
  record: { id, tenantId: 't', ownerId: 'o', createdAt: '', updatedAt: '', rev: 1 } satisfies StoredRecord,
});
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  );

const BUSY_MS = 300;
let folder: string;
let driver: SqliteDriver;
let other: DatabaseSync;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-locked-'));
  const file = join(folder, 'parley.db');
  driver = createSqliteDriver({ file, busyTimeoutMs: BUSY_MS, transactionTimeoutMs: 10_000 });
  await driver.prepare([collection]);
  other = new DatabaseSync(file);
  other.exec('BEGIN EXCLUSIVE');
});
afterEach(async () => {
  other.close();
  await driver.close();
  await rm(folder, { recursive: true });
});

describe('a database that another process keeps locked', () => {
  it('lets everything else of this process go on while a write waits', async () => {
    let turns = 0;
    const write = codeOf(driver.write([insert('a')]));
    const counting = setInterval(() => (turns += 1), 10);
    await write;
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  it('can be read', async () => {
    const write = codeOf(driver.write([insert('a')]));
    expect(await driver.count(NOTE, {})).toBe(0);
    await write;
  });

  it('refuses a write after the wait, and saves nothing of it', async () => {
    expect(await codeOf(driver.write([insert('a'), insert('b')]))).toBe('STORAGE_UNAVAILABLE');
    other.exec('ROLLBACK');
    expect(await driver.count(NOTE, {})).toBe(0);
  });

  it('refuses many writes after one wait, not one wait after the other', async () => {
    const startedMs = performance.now();
    const codes = await Promise.all(Array.from({ length: 20 }, (_, n) => codeOf(driver.write([insert(`n${n}`)]))));
    expect(new Set(codes)).toEqual(new Set(['STORAGE_UNAVAILABLE']));
    expect(performance.now() - startedMs).toBeLessThan(20 * BUSY_MS * 0.5);
  });

  it('refuses a transaction after the wait', async () => {
    expect(await codeOf(driver.transaction((tx) => tx.write([insert('a')])))).toBe('STORAGE_UNAVAILABLE');
  });

  it('takes a write once the lock is gone, within the wait', async () => {
    const write = driver.write([insert('a')]);
    const transaction = driver.transaction((tx) => tx.write([insert('b')]));
    await pause(50);
    other.exec('ROLLBACK');
    await Promise.all([write, transaction]);
    expect(await driver.count(NOTE, {})).toBe(2);
  });

  it('waits without a limit before it prepares records', async () => {
    const preparing = driver.prepare([{ ...collection, name: 'test.other' }]);
    await pause(2 * BUSY_MS);
    other.exec('ROLLBACK');
    await preparing;
    expect(await driver.count('test.other', {})).toBe(0);
  });

  it('is degraded with the reason, and well again without a write of anybody', async () => {
    expect(await driver.probe()).toBe('ok');
    await codeOf(driver.write([insert('a')]));
    expect(await driver.probe()).toEqual({ state: 'degraded', reason: expect.stringContaining('database is locked') });
    other.exec('ROLLBACK');
    expect(await driver.probe()).toBe('ok');
  });
});
