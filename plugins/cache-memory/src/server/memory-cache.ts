import type { Cache, Lock } from '@parley/contracts';

/** A cache in this process. */
export interface MemoryCache extends Cache {
  /** Drops everything. */
  clear(): void;
}

/** What a cache holds; two caches over one memory see the same. */
export interface CacheMemory {
  /** By key; the first is the one that was not used for longest. */
  readonly entries: Map<string, Entry>;
  readonly locks: Map<string, HeldLock>;
  fence: number;
}

/** A memory that holds nothing yet. */
export const createCacheMemory = (): CacheMemory => ({ entries: new Map(), locks: new Map(), fence: 0 });

const MANY_LOCKS = 1_000;

interface Entry {
  readonly value: string;
  /** Milliseconds since 1970; never without one. */
  readonly expiresAt: number | undefined;
}

interface HeldLock {
  readonly fence: number;
  readonly expiresAt: number;
}

const toSum = (entry: Entry | undefined, key: string): number => {
  if (entry === undefined) return 0;
  const sum = Number(entry.value);
  if (Number.isFinite(sum)) return sum;
  throw new TypeError(`increment needs a number under ${key}, there is a text`);
};

function toExpiry(now: number, ttlSeconds: number | undefined): number | undefined {
  if (ttlSeconds === undefined) return undefined;
  if (ttlSeconds > 0) return now + ttlSeconds * 1000;
  throw new RangeError(`ttlSeconds is more than 0, not ${ttlSeconds}`);
}

/** A cache of at most `maxEntries` values. Time is read, never waited for, so it holds no timer. */
export function createMemoryCache(options: {
  readonly maxEntries: number;
  readonly now: () => number;
  readonly memory?: CacheMemory;
}): MemoryCache {
  const { maxEntries, now, memory = createCacheMemory() } = options;
  const { entries, locks } = memory;

  const find = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry?.expiresAt === undefined || entry.expiresAt > now()) return entry;
    entries.delete(key);
    return undefined;
  };
  const put = (key: string, entry: Entry): void => {
    entries.delete(key);
    entries.set(key, entry);
    // Several at once only where the cache before this one was allowed more.
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) return;
      entries.delete(oldest);
    }
  };
  const dropPassedLocks = (): void => {
    for (const [key, held] of locks) if (held.expiresAt <= now()) locks.delete(key);
  };
  const take = (key: string, ttlMs: number): Lock | undefined => {
    const holder = locks.get(key);
    if (holder !== undefined && holder.expiresAt > now()) return undefined;
    if (locks.size >= MANY_LOCKS) dropPassedLocks();
    memory.fence += 1;
    const held: HeldLock = { fence: memory.fence, expiresAt: now() + ttlMs };
    locks.set(key, held);
    return {
      fence: held.fence,
      release: async () => {
        if (locks.get(key) === held) locks.delete(key);
      },
    };
  };

  return {
    get: async (key) => {
      const entry = find(key);
      if (entry !== undefined) put(key, entry);
      return entry?.value;
    },
    set: async (key, value, settings) => put(key, { value, expiresAt: toExpiry(now(), settings?.ttlSeconds) }),
    delete: async (key) => {
      entries.delete(key);
    },
    increment: async (key, settings) => {
      const entry = find(key);
      const sum = toSum(entry, key) + (settings?.by ?? 1);
      const expiresAt = entry === undefined ? toExpiry(now(), settings?.ttlSeconds) : entry.expiresAt;
      put(key, { value: String(sum), expiresAt });
      return sum;
    },
    lock: async (key, { ttlMs }) => {
      if (!(ttlMs > 0)) throw new RangeError(`ttlMs is more than 0, not ${ttlMs}`);
      return take(key, ttlMs);
    },
    clear: () => {
      entries.clear();
      locks.clear();
    },
  };
}
