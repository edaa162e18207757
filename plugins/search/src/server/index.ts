import { cache, kernelReady, live, personErase, searchErrors, searchIndex, searchSource } from '@parley/contracts';
import type { SearchIndex } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { conversationStore } from '@parley/plugin-conversations/contract';
import { SEARCH_MANAGE, searchContract } from '../contract/index.ts';
import { Config } from './config.ts';
import { fillEntity } from './entities.ts';
import { createFillLog } from './fill-log.ts';
import { createFindRecords } from './find-records.ts';
import { createHandlers } from './handlers.ts';
import { createIndexSteps } from './index-steps.ts';
import { createIndexer } from './indexer.ts';

const SEARCH_ICON = 'M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l4 4';

/** Search in a person's conversations. */
export default definePlugin({
  id: 'search',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  requires: { cache, conversations: conversationStore, index: live(searchIndex), source: searchSource },
  hooks: [kernelReady, personErase],
  entities: [fillEntity],
  permissions: { declares: [SEARCH_MANAGE] },
  ui: {
    module: './web',
    builtIn: true,
    slots: {
      route: [{ id: 'search', key: '/search', title: 'Search' }],
      'nav.item': [{ id: 'search', key: '/search', title: 'Search', icon: SEARCH_ICON, order: 100 }],
    },
  },
  setup(ctx, deps) {
    const { delayMs, lookSeconds, batchSize } = ctx.config;
    const { source } = deps;
    const withIndex = async <T>(work: (index: SearchIndex) => Promise<T>): Promise<T> => {
      if (deps.index.keys().length === 0) throw searchErrors.UNAVAILABLE({ reason: 'no search index is in use' });
      using lease = deps.index.lease();
      return await work(lease.value);
    };
    const log = createFillLog(ctx);
    const steps = createIndexSteps({ source, log, batchSize });
    const indexer = createIndexer({
      cache: deps.cache,
      steps,
      withIndex,
      delayMs,
      lookMs: lookSeconds * 1_000,
      log: ctx.log,
    });
    ctx.effect(() => () => indexer.stop(), 'indexer');
    ctx.effect(() => source.onChange(() => indexer.wake()), 'news of writes');
    deps.index.onChange(() => indexer.wake());
    ctx.on(kernelReady, () => indexer.wake());
    ctx.on(personErase, async ({ tenantId, userId }) => {
      // Without an index there is nothing of anybody in it; one that is away has to come back first. Nothing that was read
      // before may come after: it would stay. What was noted of records that are gone by now goes first.
      const forget = () =>
        withIndex(async (index) => {
          while (await steps.drain(index));
          await index.removeOwner(tenantId, userId);
        });
      if (deps.index.keys().length > 0) await indexer.exclusively(forget);
      return { pluginId: ctx.id, items: [] };
    });
    // Asked at every look of a load balancer: tells what is known and opens nothing.
    ctx.health('index', async () => {
      if (deps.index.keys().length === 0) return { state: 'degraded', reason: 'no search index is in use' };
      if (indexer.trouble === undefined) return 'ok';
      return { state: 'degraded', reason: 'the search index can not be brought up to date; it is tried again' };
    });
    const find = createFindRecords({ source, conversations: deps.conversations });
    ctx.routes(searchContract, createHandlers({ find, source, log, indexer, withIndex, now: () => ctx.clock.now() }));
  },
});
