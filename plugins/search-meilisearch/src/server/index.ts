import { searchIndex } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createMeiliClient } from './meili-client.ts';
import { createMeiliIndex } from './meili-index.ts';

const PROBE_TIMEOUT_MS = 900;

/** Search on Meilisearch, for many documents and many nodes. */
export default definePlugin({
  id: 'search-meilisearch',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [searchIndex],
  permissions: { network: ['config:host'] },
  setup(ctx) {
    const { clock, config, fetch, signal } = ctx;
    const { host, indexUid, searchTimeoutMs, writeTimeoutMs } = config;
    const apiKey = config.apiKey?.reveal();
    const client = createMeiliClient({ host, apiKey, fetch, stopped: signal, now: () => clock.now() });
    const index = createMeiliIndex({ client, indexUid, searchTimeoutMs, writeTimeoutMs });
    ctx.provide(searchIndex, index, { title: 'Meilisearch' });
    ctx.health('meilisearch', async (probeSignal) => {
      await client.use((server) => server.getRawIndexes({ limit: 1 }), {
        timeoutMs: PROBE_TIMEOUT_MS,
        signal: probeSignal,
      });
      return 'ok';
    });
  },
});
