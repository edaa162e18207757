import { bus, cache } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createCacheMemory, createMemoryBus, createMemoryCache } from '../contract/index.ts';

const plugin = definePlugin({
  id: 'cache-memory',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [cache, bus],
  setup(ctx) {
    // Counters, locks and listeners outlive other settings: whoever began with the former cache goes on with the same.
    const memory = ctx.shared('values', () => ({ value: createCacheMemory() }));
    const memoryBus = ctx.shared('bus', () => {
      const onError = (error: unknown, topic: string) =>
        ctx.log.error('a listener of the bus failed', { topic, error });
      const value = createMemoryBus({ onError });
      return { value, end: () => value.clear() };
    });
    const memoryCache = createMemoryCache({ maxEntries: ctx.config.maxEntries, clock: ctx.clock, memory });
    ctx.provide(cache, memoryCache, { title: 'Memory of this process' });
    ctx.provide(bus, memoryBus, { title: 'This process' });
  },
});

export default plugin;
