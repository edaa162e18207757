import { bus, cache } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createMemoryBus } from './memory-bus.ts';
import { createMemoryCache } from './memory-cache.ts';

const plugin = definePlugin({
  id: 'cache-memory',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [cache, bus],
  setup(ctx) {
    const memoryCache = createMemoryCache({ maxEntries: ctx.config.maxEntries, now: () => ctx.clock.now() });
    const memoryBus = createMemoryBus({
      onError: (error, topic) => ctx.log.error('a listener of the bus failed', { topic, error }),
    });
    ctx.effect(() => () => memoryCache.clear(), 'cache');
    ctx.effect(() => () => memoryBus.clear(), 'bus');
    ctx.provide(cache, memoryCache, { title: 'Memory of this process' });
    ctx.provide(bus, memoryBus, { title: 'This process' });
  },
});

export default plugin;
