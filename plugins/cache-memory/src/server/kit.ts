import { busKit, cacheKit, kitRun } from '@parley/testing/kits';
import type { BusSubject, CacheSubject, KitRun, KitSubject } from '@parley/testing/kits';
import { createMemoryBus, createMemoryCache } from '../contract/index.ts';

function makeCache(): KitSubject<CacheSubject> {
  let now = 1_000_000;
  const maxEntries = 100;
  const cache = createMemoryCache({ maxEntries, clock: { now: () => now } });
  const advance = async (ms: number): Promise<void> => {
    now += ms;
  };
  return { value: { cache, advance, maxEntries }, dispose: () => cache.clear() };
}

function makeBus(): KitSubject<BusSubject> {
  const bus = createMemoryBus({ onError: () => undefined });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { value: { bus, settle }, dispose: () => bus.clear() };
}

/** The kits of this plugin, for its tests and for `npm run kit`. */
export const kits: readonly KitRun[] = [kitRun(cacheKit, makeCache), kitRun(busKit, makeBus)];
