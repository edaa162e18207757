import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { searchIndex } from '@parley/contracts';
import type { SearchDocument, SearchIndex, SearchQuery } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { startTestHost, testPluginContract } from '@parley/testing';
import { startMeilisearchDouble } from './fixtures/meilisearch-double.ts';
import type { MeilisearchDouble } from './fixtures/meilisearch-double.ts';
import searchMeilisearch from './index.ts';
import { createMeiliClient } from './meili-client.ts';
import { createMeiliIndex } from './meili-index.ts';

let server: MeilisearchDouble;
let nowMs: number;
let stopping: AbortController;
beforeEach(async () => {
  server = await startMeilisearchDouble();
  nowMs = 1_000_000;
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  await server.stop();
});

const toDocument = (id: string, text: string): SearchDocument => ({
  collection: 'notes.note',
  id,
  rev: 1,
  tenantId: 'acme',
  ownerId: 'ann',
  at: '2026-01-01T00:00:00.000Z',
  text: { text },
});
const toQuery = (text: string): SearchQuery => ({ text, tenantId: 'acme', ownerId: 'ann', sort: 'newest', limit: 10 });

function openIndex(options: { readonly apiKey?: string; readonly searchTimeoutMs?: number } = {}): SearchIndex {
  const { apiKey = server.apiKey, searchTimeoutMs = 10_000 } = options;
  const client = createMeiliClient({ host: server.url, apiKey, fetch, stopped: stopping.signal, now: () => nowMs });
  return createMeiliIndex({ client, indexUid: 'parley', searchTimeoutMs, writeTimeoutMs: 60_000 });
}
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: string; message: string }).code ?? String(error),
  );

describe('a server that is away', () => {
  it('is SEARCH_UNAVAILABLE, is not asked again at once, and is used again once it answers', async () => {
    const index = openIndex();
    await index.put([toDocument('a', 'apples')]);
    server.set({ status: 503 });
    expect(await outcomeOf(index.search(toQuery('apples')))).toBe('SEARCH_UNAVAILABLE');
    const asked = server.requests.length;
    expect(await outcomeOf(index.search(toQuery('apples')))).toBe('SEARCH_UNAVAILABLE');
    expect(server.requests.length).toBe(asked);
    server.set({});
    nowMs += 500;
    expect((await index.search(toQuery('apples'))).hits).toHaveLength(1);
  });

  it('is asked less and less often, every 15 seconds at the least', async () => {
    const index = openIndex();
    server.set({ status: 502 });
    const pausesMs: number[] = [];
    let lastMs = nowMs;
    await outcomeOf(index.statistics());
    while (pausesMs.length < 7) {
      const asked = server.requests.length;
      nowMs += 100;
      await outcomeOf(index.statistics());
      if (server.requests.length === asked) continue;
      pausesMs.push(nowMs - lastMs);
      lastMs = nowMs;
    }
    expect(pausesMs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('takes part of nothing when it refuses the key, and says so without the key', async () => {
    const error: unknown = await openIndex({ apiKey: 'wrong-key' })
      .search(toQuery('apples'))
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'SEARCH_UNAVAILABLE',
      message: expect.stringContaining('does not accept the key'),
    });
    expect(JSON.stringify(error)).not.toContain('wrong-key');
  });

  it('that answers nothing ends a search with SEARCH_TOO_SLOW, and others go on until three in a row did so', async () => {
    const index = openIndex({ searchTimeoutMs: 300 });
    await index.put([toDocument('a', 'apples')]);
    server.set({ hang: true });
    const outcomes: string[] = [];
    for (let count = 0; count < 4; count += 1) outcomes.push(await outcomeOf(index.search(toQuery('apples'))));
    expect(outcomes).toEqual(['SEARCH_TOO_SLOW', 'SEARCH_TOO_SLOW', 'SEARCH_TOO_SLOW', 'SEARCH_UNAVAILABLE']);
  });
});

describe('a server that lost everything', () => {
  it('is set up again at the next use, as another incarnation', async () => {
    const index = openIndex();
    await index.put([toDocument('a', 'apples')]);
    const before = await index.statistics();
    server.wipe();
    expect((await index.search(toQuery('apples'))).hits).toEqual([]);
    const after = await index.statistics();
    expect([before.documents, after.documents]).toEqual([1, 0]);
    expect(after.incarnation).not.toBe(before.incarnation);
    await index.put([toDocument('a', 'apples')]);
    expect((await index.search(toQuery('apples'))).hits).toHaveLength(1);
  });
});

describe('what the server gets to see', () => {
  it('is cleared by another index that takes the place of the first', async () => {
    const index = openIndex();
    await index.put([toDocument('a', 'apples')]);
    await index.clear();
    expect(server.requests).toContain('POST /swap-indexes');
    expect(server.requests.at(-1)).toMatch(/^GET \/tasks\//);
    expect((await index.statistics()).documents).toBe(0);
  });
});

it('keeps the plugin contract', async () => {
  const settings = { host: server.url, apiKey: server.apiKey };
  await testPluginContract(searchMeilisearch, { config: { 'search-meilisearch': settings } });
});

it('reaches the server through the host, and is degraded while it is away', async () => {
  let index: SearchIndex | undefined;
  const visitor = definePlugin({
    id: 'visitor',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { searchIndex },
    setup: (_ctx, deps) => void (index = deps.searchIndex),
  });
  await using host = await startTestHost({
    plugins: [searchMeilisearch, visitor],
    config: { 'search-meilisearch': { host: server.url, apiKey: server.apiKey } },
  });
  await index?.put([toDocument('a', 'apples')]);
  expect((await index?.search(toQuery('apples')))?.hits).toHaveLength(1);
  const stateOf = () => host.kernel.graph().plugins.find(({ id }) => id === 'search-meilisearch');
  await host.kernel.probe(5_000);
  expect(stateOf()?.state).toBe('ready');
  server.set({ status: 503 });
  await host.kernel.probe(5_000);
  expect(stateOf()).toMatchObject({ state: 'degraded', reason: expect.stringContaining('Meilisearch answered 503') });
});
