import { mkdir, mkdtemp, open as openFile, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isAppError, searchIndex } from '@parley/contracts';
import type { SearchDocument, SearchIndex, SearchQuery } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { testPluginContract } from '@parley/testing';
import searchSqlite from './index.ts';
import { createSqliteIndex } from './sqlite-index.ts';
import type { SqliteIndex } from './sqlite-index.ts';

// Threads take long to start on a machine that has much to do.
jest.setTimeout(60_000);
const ANN = { tenantId: 't', ownerId: 'ann' };
const toDocument = (id: string, text: string): SearchDocument => ({
  ...ANN,
  collection: 'c',
  id,
  rev: 1,
  at: '2026-01-01T00:00:00.000Z',
  text: { text },
});
const toQuery = (text: string): SearchQuery => ({ ...ANN, text, sort: 'best', limit: 10 });

describe('the file of the index', () => {
  let folder = '';
  let damaged: string[] = [];
  let index: SqliteIndex;
  const open = (searchTimeoutMs = 5_000): SqliteIndex =>
    createSqliteIndex({
      file: join(folder, 'search.db'),
      busyTimeoutMs: 1_000,
      searchTimeoutMs,
      onDamage: (aside) => damaged.push(aside),
    });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-search-'));
    damaged = [];
    index = open();
  });
  afterEach(async () => {
    await index.close();
    await rm(folder, { recursive: true });
  });

  it('holds nothing of an owner who was removed, and neither does the log beside it', async () => {
    await index.put([toDocument('a', 'canary in the mine'), { ...toDocument('b', 'pears'), ownerId: 'ben' }]);
    await index.search(toQuery('canary'));
    await index.removeOwner(ANN.tenantId, ANN.ownerId);
    const files = (await readdir(folder)).toSorted();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')));
    expect(files).toEqual(['search.db', 'search.db-shm', 'search.db-wal']);
    expect(files.filter((_, at) => texts[at]?.includes('canary'))).toEqual([]);
    expect((await index.search({ ...toQuery('pears'), ownerId: 'ben' })).hits).toHaveLength(1);
  });

  it('is not there before it is used', async () => {
    expect(await readdir(folder)).toEqual([]);
  });

  it('is put aside when it is not a database, and begins anew', async () => {
    await writeFile(
      join(folder, 'search.db'),
      'this is no database, but it is long enough to be taken for one '.repeat(99),
    );
    await index.put([toDocument('a', 'apples')]);
    expect(damaged).toEqual([join(folder, 'search.db.damaged')]);
    expect((await index.search(toQuery('apples'))).hits).toHaveLength(1);
  });

  it('is put aside when it is damaged while it is used, and has another incarnation then', async () => {
    for (let batch = 0; batch < 20; batch += 1)
      await index.put(
        Array.from({ length: 100 }, (_, at) => toDocument(`${batch}-${at}`, `word${batch}x${at} apples`)),
      );
    const { incarnation } = await index.statistics();
    await index.close();
    const file = await openFile(join(folder, 'search.db'), 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size - 8_192, 0x5a), 0, size - 8_192, 8_192);
    await file.close();
    await rm(join(folder, 'search.db-wal'), { force: true });
    index = open();
    await index.search(toQuery('apples')).catch(() => undefined);
    await index.put([toDocument('a', 'pears')]).catch(() => undefined);
    await index.put([toDocument('a', 'pears')]);
    expect(damaged).toHaveLength(1);
    expect((await index.statistics()).incarnation).not.toBe(incarnation);
    expect((await index.search(toQuery('pears'))).hits).toHaveLength(1);
  });

  it('says why when it can not be opened, and opens once it can', async () => {
    await mkdir(join(folder, 'search.db'));
    const error = await index.search(toQuery('apples')).catch((thrown: unknown) => thrown);
    expect(isAppError(error, 'SEARCH_UNAVAILABLE')).toBe(true);
    await rmdir(join(folder, 'search.db'));
    expect((await index.search(toQuery('apples'))).hits).toEqual([]);
  });

  it('holds up nothing else while it is filled and searched', async () => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const text = 'the quick brown fox jumps over the lazy dog and runs away '.repeat(20);
    await index.put([]);
    delay.enable();
    for (let batch = 0; batch < 10; batch += 1)
      await index.put(Array.from({ length: 100 }, (_, at) => toDocument(`${batch}-${at}`, text)));
    await Promise.all(Array.from({ length: 20 }, () => index.search(toQuery('quick brown'))));
    delay.disable();
    // Milliseconds on a quiet machine; a search on this thread would take far longer.
    expect(delay.percentile(50) / 1e6).toBeLessThan(25);
  });

  it('answers the next one at once when nobody waits for the present one any more', async () => {
    await index.put([toDocument('a', 'apples')]);
    const controller = new AbortController();
    const left = Array.from({ length: 50 }, () => index.search(toQuery('apples'), { signal: controller.signal }));
    controller.abort();
    const outcomes = await Promise.allSettled(left);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect((await index.search(toQuery('apples'))).hits).toHaveLength(1);
  });
});

it('serves the index to other plugins and leaves nothing behind when it stops', async () => {
  let found: number | undefined;
  const visitor = definePlugin({
    id: 'visitor',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { index: searchIndex },
    async setup(_ctx, deps) {
      const index: SearchIndex = deps.index;
      await index.put([toDocument('a', 'apples')]);
      found = (await index.search(toQuery('apples'))).hits.length;
    },
  });
  await testPluginContract(searchSqlite, { plugins: [visitor] });
  expect(found).toBe(1);
});
