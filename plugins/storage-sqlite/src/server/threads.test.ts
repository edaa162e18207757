import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAppError } from '@parley/contracts';
import type { Collection, StoredRecord, Write } from '@parley/contracts';
import { createSqliteDriver } from './sqlite-driver.ts';
import type { SqliteDriver } from './sqlite-driver.ts';

const NOTE = 'test.note';
const COUNT = 100_000;
const TIMEOUT_MS = 180_000;
const collection: Collection = {
  name: NOTE,
  scope: 'user',
  version: 1,
  indexes: [{ fields: ['ownerId', 'n'], unique: false }],
};
const toRecord = (index: number, fields: object = {}): StoredRecord => ({
  id: `id-${String(index).padStart(6, '0')}`,
  tenantId: 't',
  ownerId: `owner-${index % 10}`,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  rev: 1,
  n: index,
  loose: `loose ${(index * 7919) % COUNT}`,
  text: 'x'.repeat(150),
  ...fields,
});
const insert = (record: StoredRecord): Write => ({ kind: 'insert', collection: NOTE, record });

let folder: string;
let driver: SqliteDriver;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-threads-'));
  driver = createSqliteDriver({ file: join(folder, 'parley.db'), busyTimeoutMs: 5_000, transactionTimeoutMs: 60_000 });
  await driver.prepare([collection]);
  for (let from = 0; from < COUNT; from += 1_000) {
    await driver.write(
      Array.from({ length: 1_000 }, (_, index) => insert(toRecord(from + index))),
      'relaxed',
    );
  }
}, TIMEOUT_MS);
afterAll(async () => {
  await driver.close();
  await rm(folder, { recursive: true });
}, TIMEOUT_MS);

/** What `work` costs this thread, and how often the loop goes round meanwhile. */
async function costOf<T>(work: () => Promise<T>): Promise<{ result: T; cpuMs: number; turns: number }> {
  const state = { turns: 0, isDone: false };
  const started = process.threadCpuUsage();
  const counting = (async () => {
    while (!state.isDone) {
      // A timer and not `setImmediate`, which would itself use all of the processor.
      await new Promise((resolve) => setTimeout(resolve, 1));
      state.turns += 1;
    }
  })();
  const result = await work();
  const { user, system } = process.threadCpuUsage(started);
  const { turns } = state;
  state.isDone = true;
  await counting;
  return { result, cpuMs: (user + system) / 1_000, turns };
}

describe('in a database of 100 000 records', () => {
  it(
    'a filter on a field without an index leaves the main thread to others, and sees the last write',
    async () => {
      const where = { loose: { prefix: 'loose 12' } };
      await driver.count(NOTE, where);
      // A transaction reads on the connection that writes, which is on this thread: the same scan inline.
      const inline = await driver.transaction((session) => costOf(() => session.count(NOTE, where)));
      await driver.write([insert(toRecord(COUNT, { loose: 'loose 12 new' }))], 'relaxed');
      const elsewhere = await costOf(() => driver.count(NOTE, where));
      expect(elsewhere.result).toBe(inline.result + 1);
      expect(inline.turns).toBe(0);
      expect(elsewhere.turns).toBeGreaterThan(3);
      expect(elsewhere.cpuMs / inline.cpuMs).toBeLessThan(0.3);
      await driver.write([{ kind: 'delete', collection: NOTE, id: toRecord(COUNT).id, where: {} }]);
    },
    TIMEOUT_MS,
  );

  it(
    'a sort without an index is done elsewhere, page by page in the same order',
    async () => {
      const first = await costOf(() => driver.find(NOTE, { sort: [['loose', 'desc']], limit: 2 }));
      expect(first.turns).toBeGreaterThan(3);
      const second = await driver.find(NOTE, { sort: [['loose', 'desc']], limit: 1, after: first.result.next ?? '' });
      expect([...first.result.items, ...second.items].map((record) => record['loose'])).toEqual([
        'loose 99999',
        'loose 99998',
        'loose 99997',
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'new indexes are made elsewhere, and used at once',
    async () => {
      const indexes = [...collection.indexes, { fields: ['n', 'createdAt'], unique: true }];
      const made = await costOf(() => driver.prepare([{ ...collection, indexes }]));
      expect(made.turns).toBeGreaterThan(3);
      const broken = await driver.write([insert(toRecord(7, { id: 'twin' }))]).catch((error: unknown) => error);
      expect(isAppError(broken, 'STORAGE_DUPLICATE')).toBe(true);
      await driver.prepare([collection]);
      await driver.write([insert(toRecord(7, { id: 'twin' }))]);
      await driver.write([{ kind: 'delete', collection: NOTE, id: 'twin', where: {} }]);
    },
    TIMEOUT_MS,
  );

  it(
    'a check and a count of everything find it sound',
    async () => {
      expect(await driver.check()).toEqual([]);
      expect((await driver.statistics()).collections.map(({ count }) => count)).toEqual([COUNT]);
    },
    TIMEOUT_MS,
  );

  it(
    'a slow backup under load is of one instant, and does not let the log grow without end',
    async () => {
      const logBytes = () => statSync(join(folder, 'parley.db-wal')).size;
      const files = () => readdirSync(folder).filter((name) => name.includes('backup'));
      let written = 0;
      let copies = 0;
      const ids: string[] = [];
      for await (const { records } of driver.backup()) {
        ids.push(...records.map(({ id }) => id));
        copies = Math.max(copies, files().length);
        if (written >= 150_000_000) continue;
        for (let round = 0; round < 4; round += 1) {
          const text = 'y'.repeat(1_000_000);
          await driver.write([insert(toRecord(COUNT + written, { id: `new-${written}`, text }))], 'relaxed');
          written += 1_000_000;
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      expect(ids.length).toBe(COUNT);
      expect(ids.some((id) => id.startsWith('new-'))).toBe(false);
      expect(copies).toBeGreaterThan(0);
      expect(files()).toEqual([]);
      expect(logBytes()).toBeLessThan(130_000_000);
    },
    TIMEOUT_MS,
  );
});
