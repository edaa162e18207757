import type { Cache } from '@parley/contracts';
import { checkText } from './check-arguments.ts';
import { createMemoryLimits } from './memory-limits.ts';
import type { TakenPiece } from './memory-limits.ts';
import { createMemoryLocks } from './memory-locks.ts';
import type { FenceCounter, HeldLock } from './memory-locks.ts';
import { createMemoryValues } from './memory-values.ts';
import type { Entry } from './memory-values.ts';

/** What a cache holds; two caches over one memory see the same. Shape: first in a map is what was not used for longest. */
export interface CacheMemory {
  readonly entries: Map<string, Entry>;
  readonly takenByKey: Map<string, readonly TakenPiece[]>;
  readonly locks: Map<string, HeldLock>;
  readonly fences: FenceCounter;
}

/** A memory that holds nothing yet. */
export const createCacheMemory = (): CacheMemory => ({
  entries: new Map(),
  takenByKey: new Map(),
  locks: new Map(),
  fences: { last: 0 },
});

/** A cache in this process. */
export interface MemoryCache extends Cache {
  /** Drops values, limits and locks; fences go on. */
  clear(): void;
}

/** Time as a cache reads it; it never waits, so that it holds no timer. */
export interface CacheClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that pass evenly; `now` without it. */
  steady?(): number;
}

/** A cache of at most `maxEntries` values, and limits of as many keys. */
export function createMemoryCache(options: {
  readonly maxEntries: number;
  readonly clock: CacheClock;
  readonly memory?: CacheMemory;
}): MemoryCache {
  const { maxEntries, clock, memory = createCacheMemory() } = options;
  const { entries, takenByKey, locks, fences } = memory;
  const elapsed = () => clock.steady?.() ?? clock.now();
  const values = createMemoryValues({ entries, maxEntries, elapsed });
  const limits = createMemoryLimits({ takenByKey, maxEntries, elapsed });
  const lockTable = createMemoryLocks({ locks, fences, elapsed, now: () => clock.now() });
  return {
    get: async (key) => values.get(key.toWellFormed()),
    set: async (key, value, settings) => values.set(key.toWellFormed(), checkText(value), settings?.ttlMs),
    delete: async (key) => {
      entries.delete(key.toWellFormed());
      takenByKey.delete(key.toWellFormed());
    },
    increment: async (key, settings) => values.increment(key.toWellFormed(), settings?.by ?? 1, settings?.ttlMs),
    take: async (key, limit) => limits.take(key.toWellFormed(), limit),
    lock: async (key, { ttlMs }) => lockTable.lock(key.toWellFormed(), ttlMs),
    clear: () => {
      entries.clear();
      takenByKey.clear();
      locks.clear();
    },
  };
}
