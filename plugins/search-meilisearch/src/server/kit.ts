import { randomUUID } from 'node:crypto';
import { kitRun, searchIndexKit } from '@parley/testing/kits';
import type { KitRun, KitSubject, SearchSubject } from '@parley/testing/kits';
import { startMeilisearchDouble } from './fixtures/meilisearch-double.ts';
import { createMeiliClient } from './meili-client.ts';
import { createMeiliIndex } from './meili-index.ts';

const { MEILI_HOST, MEILI_API_KEY } = process.env;

/** The server of MEILI_HOST, or the double; with `MEILI_HOST` each case has an index of its own there. */
async function startServer() {
  if (MEILI_HOST) return { url: MEILI_HOST, apiKey: MEILI_API_KEY, stop: async () => undefined };
  return startMeilisearchDouble();
}

async function makeIndex(): Promise<KitSubject<SearchSubject>> {
  const server = await startServer();
  const stopping = new AbortController();
  const indexUid = `kit-${randomUUID()}`;
  const { url: host, apiKey } = server;
  const client = createMeiliClient({ host, apiKey, fetch, stopped: stopping.signal, now: () => performance.now() });
  const open = () => createMeiliIndex({ client, indexUid, searchTimeoutMs: 10_000, writeTimeoutMs: 60_000 });
  return {
    value: { index: open(), reopen: async () => open() },
    dispose: async () => {
      if (MEILI_HOST) await client.use((real) => real.deleteIndexIfExists(indexUid), { timeoutMs: 10_000 });
      stopping.abort();
      await server.stop();
    },
  };
}

/** The kit of this plugin, for its tests and for `npm run kit`: over a strict double unless MEILI_HOST names a real server. */
export const kits: readonly KitRun[] = [kitRun(searchIndexKit, makeIndex)];
