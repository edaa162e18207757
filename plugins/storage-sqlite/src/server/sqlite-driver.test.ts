import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAppError } from '@parley/contracts';
import type { Collection, StoredRecord, Write } from '@parley/contracts';
import { createSqliteDriver } from './sqlite-driver.ts';
import type { SqliteDriver, SqliteDriverOptions } from './sqlite-driver.ts';

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

let folder: string;
const opened: SqliteDriver[] = [];

async function open(options: Partial<SqliteDriverOptions> = {}): Promise<SqliteDriver> {
  const file = join(folder, 'parley.db');
  const driver = createSqliteDriver({ file, busyTimeoutMs: 1_000, transactionTimeoutMs: 10_000, ...options });
  opened.push(driver);
  await driver.prepare([collection]);
  return driver;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-driver-'));
});
afterEach(async () => {
  for (const driver of opened.splice(0)) await driver.close();
  await rm(folder, { recursive: true });
});

describe('durability', () => {
  it('lets a full write wait for the disk and a relaxed one not', async () => {
    const gate = Promise.withResolvers<void>();
    let isHeld = false;
    const driver = await open({ sync: () => (isHeld ? gate.promise : Promise.resolve()) });
    isHeld = true;
    const done: string[] = [];
    const full = driver.write([insert('a')], 'full').finally(() => done.push('full'));
    await driver.write([insert('b')], 'relaxed').finally(() => done.push('relaxed'));
    expect(done).toEqual(['relaxed']);
    gate.resolve();
    await full;
    expect(done).toEqual(['relaxed', 'full']);
  });

  it('shares one sync among all full writes of a moment', async () => {
    let syncs = 0;
    const driver = await open({
      sync: () => {
        syncs += 1;
        return new Promise((resolve) => setImmediate(resolve));
      },
    });
    syncs = 0;
    await Promise.all(Array.from({ length: 50 }, (_, index) => driver.write([insert(`id-${index}`)], 'full')));
    expect(syncs).toBeLessThanOrEqual(2);
  });

  it('reports a disk that fails as STORAGE_UNAVAILABLE and the database as degraded', async () => {
    let isBroken = false;
    const driver = await open({
      sync: async () => {
        if (isBroken) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
      },
    });
    expect(await driver.probe()).toBe('ok');
    isBroken = true;
    expect(await codeOf(driver.write([insert('a')], 'full'))).toBe('STORAGE_UNAVAILABLE');
    expect(await driver.probe()).toMatchObject({ state: 'degraded' });
    isBroken = false;
  });

  it('waits for the disk at the end of a transaction with a full write', async () => {
    let syncs = 0;
    const driver = await open({
      sync: async () => {
        syncs += 1;
      },
    });
    syncs = 0;
    await driver.transaction((session) => session.write([insert('a')], 'relaxed'));
    expect(syncs).toBe(0);
    await driver.transaction((session) => session.write([insert('b')], 'full'));
    expect(syncs).toBe(1);
  });
});

describe('transactions', () => {
  it('ends one that takes too long and lets the others write', async () => {
    const driver = await open({ transactionTimeoutMs: 20 });
    const endless = driver.transaction(async (session) => {
      await session.write([insert('a')]);
      await new Promise(() => undefined);
    });
    const waiting = driver.write([insert('b')]);
    expect(await codeOf(endless)).toBe('STORAGE_SQLITE_TRANSACTION_TIMEOUT');
    await waiting;
    expect((await driver.find(NOTE, { limit: 10 })).items.map(({ id }) => id)).toEqual(['b']);
  });

  it('are waited for when the driver closes, and nothing is done after that', async () => {
    const driver = await open();
    const work = driver.transaction(async (session) => {
      await new Promise((resolve) => setImmediate(resolve));
      await session.write([insert('a')]);
    });
    const closed = driver.close();
    await work;
    await closed;
    expect(await codeOf(driver.write([insert('b')]))).toBe('STORAGE_UNAVAILABLE');
    expect(await codeOf(driver.find(NOTE, { limit: 1 }))).toBe('STORAGE_UNAVAILABLE');
    const reopened = await open();
    expect(await reopened.count(NOTE, {})).toBe(1);
  });
});

describe('files', () => {
  it('can be read by their owner alone', async () => {
    const driver = await open();
    await driver.write([insert('a')]);
    const modes = ['parley.db', 'parley.db-wal', 'parley.db-lock', 'parley.db-owner'].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600]);
  });

  it('are rid of the copy that a killed backup has left', async () => {
    await writeFile(join(folder, 'parley.db-backup-1'), 'left');
    await writeFile(join(folder, 'parley.db-other'), 'kept');
    await open();
    expect(readdirSync(folder).filter((name) => name.includes('-backup-') || name.includes('-other'))).toEqual([
      'parley.db-other',
    ]);
  });

  it('can be opened again at once after a close', async () => {
    const driver = await open();
    await driver.write([insert('a')]);
    await driver.close();
    expect(await (await open()).count(NOTE, {})).toBe(1);
  });
});
