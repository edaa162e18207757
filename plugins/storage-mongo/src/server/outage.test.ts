import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isAppError, storageErrors } from '@parley/contracts';
import type { Collection, StorageDriver, StoredRecord } from '@parley/contracts';
import { startFaultProxy } from '@parley/testing';
import type { FaultProxy } from '@parley/testing';
import { newDatabase, stopSharedServer, testOptions, whyNoServer } from './fixtures/shared-server.ts';
import { startTestServer } from './fixtures/test-server.ts';
import type { TestServer } from './fixtures/test-server.ts';
import { openMongoDriver } from './mongo-driver.ts';
import type { MongoDriver } from './mongo-driver.ts';

afterAll(stopSharedServer);

const collection: Collection = { name: 'outage.note', scope: 'global', version: 1, indexes: [] };
const toRecord = (id: string): StoredRecord => ({
  id,
  tenantId: 'tenant',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  rev: 1,
});
const insert = (driver: StorageDriver, ...ids: readonly string[]) =>
  driver.write(ids.map((id) => ({ kind: 'insert', collection: collection.name, record: toRecord(id) })));

let server: TestServer;
let reason: string | undefined;
let proxy: FaultProxy;
let driver: MongoDriver;

beforeAll(async () => {
  reason = await whyNoServer();
  if (reason !== undefined) return;
  server = await startTestServer();
  if (!server.isOwn) reason = 'the server of MONGODB_URI is not ours to kill';
  // A proxy leads to one host: what a replica set says of itself would lead around it.
  if (server.url.includes('replicaSet')) reason = 'a replica set is reached by the names it gives itself';
}, 600_000);
afterAll(async () => {
  await server?.stop();
});
beforeEach(async () => {
  if (reason !== undefined) return;
  proxy = await startFaultProxy(server.url.replace('mongodb:', 'http:'));
  const url = `mongodb://127.0.0.1:${proxy.port}/`;
  const options = { ...testOptions(url, newDatabase()), operationTimeoutMs: 1_000, serverSelectionTimeoutMs: 1_000 };
  driver = await openMongoDriver(options);
  await driver.prepare([collection]);
}, 60_000);
afterEach(async () => {
  if (reason !== undefined) return;
  await driver.close();
  await proxy.stop();
}, 60_000);

const HEALED_WITHIN_MS = 60_000;

/** Writes until one is acknowledged. Resolves with how many were not. @throws the last failure when none is for a minute */
async function writeUntilSaved(id: string): Promise<number> {
  const untilMs = performance.now() + HEALED_WITHIN_MS;
  for (let failed = 0; ; failed += 1) {
    try {
      await insert(driver, `${id}-${failed}`);
      return failed;
    } catch (error) {
      const isLast = performance.now() > untilMs;
      if (isLast || !isAppError(error, storageErrors.UNAVAILABLE.code)) throw error;
    }
    await pause(20);
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
}

const test = (name: string, run: () => Promise<void>) =>
  it(name, async () => (reason === undefined ? run() : console.info(`skipped: ${reason}`)), 120_000);

describe('a server that is killed', () => {
  test('makes reads and writes fail as STORAGE_UNAVAILABLE, and loses nothing that was acknowledged', async () => {
    await insert(driver, 'a');
    await insert(driver, 'b', 'c');
    await server.kill();
    expect(await codeOf(insert(driver, 'd'))).toBe('STORAGE_UNAVAILABLE');
    expect(await codeOf(insert(driver, 'e', 'f'))).toBe('STORAGE_UNAVAILABLE');
    expect(await codeOf(driver.find(collection.name, { limit: 10 }))).toBe('STORAGE_UNAVAILABLE');
    expect(await codeOf(driver.transaction(async (session) => session.count(collection.name, {})))).toBe(
      'STORAGE_UNAVAILABLE',
    );
    await expect(driver.probe()).rejects.toThrow();
    await server.start();
    await writeUntilSaved('g');
    const ids = (await driver.find(collection.name, { limit: 100 })).items.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['a', 'b', 'c']));
    expect(ids.includes('e')).toBe(ids.includes('f'));
    expect(await driver.probe()).toBe('ok');
  });
});

describe('a connection that', () => {
  test('breaks in the middle of writes leaves no half batch and loses nothing that was acknowledged', async () => {
    const saved: number[] = [];
    for (let n = 0; n < 40; n += 1) {
      if (n % 8 === 3) setTimeout(() => proxy.cut(), n % 5);
      if ((await codeOf(insert(driver, `left-${n}`, `right-${n}`))) === 'done') saved.push(n);
    }
    await writeUntilSaved('last');
    const ids = new Set((await driver.find(collection.name, { limit: 1_000 })).items.map(({ id }) => id));
    for (const n of saved) expect([n, ids.has(`left-${n}`), ids.has(`right-${n}`)]).toEqual([n, true, true]);
    for (let n = 0; n < 40; n += 1) expect(ids.has(`left-${n}`)).toBe(ids.has(`right-${n}`));
    expect(saved.length).toBeGreaterThan(10);
  });

  test('swallows everything ends in STORAGE_UNAVAILABLE within the time limit, and heals', async () => {
    proxy.set({ silent: true });
    const startedAt = performance.now();
    expect(await codeOf(insert(driver, 'a'))).toBe('STORAGE_UNAVAILABLE');
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    proxy.set({});
    proxy.cut();
    await writeUntilSaved('b');
  });

  test('is slow only takes longer', async () => {
    proxy.set({ latencyMs: 30, jitterMs: 30 });
    await insert(driver, 'a', 'b');
    expect(await driver.count(collection.name, {})).toBe(2);
  });

  test('is refused when the driver starts says which host, and never the password', async () => {
    proxy.set({ refuse: true });
    proxy.cut();
    const url = `mongodb://ada:very-secret@127.0.0.1:${proxy.port}/`;
    const opening = openMongoDriver({ ...testOptions(url, newDatabase()), serverSelectionTimeoutMs: 300 });
    const error = await opening.catch((thrown: unknown) => thrown);
    expect(isAppError(error, 'STORAGE_MONGO_UNREACHABLE')).toBe(true);
    expect(String(error)).toContain(`127.0.0.1:${proxy.port}`);
    expect(String(error)).not.toContain('very-secret');
    proxy.set({});
  });
});
