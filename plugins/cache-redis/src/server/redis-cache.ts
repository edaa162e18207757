import type { Cache, Lock } from '@parley/contracts';
import {
  checkLimit,
  checkStep,
  checkText,
  checkTtl,
  createCacheMemory,
  createMemoryCache,
  WINDOW_PIECES,
} from '@parley/plugin-cache-memory/contract';
import type { CacheClock } from '@parley/plugin-cache-memory/contract';
import { AWAY } from './redis-link.ts';
import type { RedisLink } from './redis-link.ts';
import { createTouchedKeys } from './touched-keys.ts';

export interface RedisCacheOptions {
  readonly link: RedisLink;
  readonly keyPrefix: string;
  /** Most values kept while the server is away. */
  readonly maxEntries: number;
  readonly clock: CacheClock;
}

/**
 * A cache in Redis that goes on in memory while Redis is away. Locks are always taken in memory first, so that two parts of
 * this node never hold one together, whatever becomes of Redis meanwhile.
 */
export function createRedisCache({ link, keyPrefix, maxEntries, clock }: RedisCacheOptions): Cache {
  const valueKey = (key: string): string => `${keyPrefix}v:${key.toWellFormed()}`;
  const limitKey = (key: string): string => `${keyPrefix}l:${key.toWellFormed()}`;
  const alone = createMemoryCache({ maxEntries, clock });
  const touched = createTouchedKeys(link, keyPrefix);
  link.onReturn = async () => {
    await touched.forget();
    alone.clear();
  };

  return {
    async get(key) {
      const value = await link.run('values', (redis) => redis.get(valueKey(key)));
      return value === AWAY ? alone.get(key) : (value ?? undefined);
    },
    async set(key, value, settings = {}) {
      const ttl = settings.ttlMs === undefined ? undefined : checkTtl(settings.ttlMs);
      const text = checkText(value);
      const done = await link.run('values', (redis) =>
        ttl === undefined ? redis.set(valueKey(key), text) : redis.set(valueKey(key), text, 'PX', ttl),
      );
      if (done !== AWAY) return;
      touched.add(valueKey(key));
      await alone.set(key, text, settings);
    },
    async delete(key) {
      const done = await link.run('values', (redis) => redis.del(valueKey(key), limitKey(key)));
      if (done !== AWAY) return;
      touched.add(valueKey(key));
      touched.add(limitKey(key));
      await alone.delete(key);
    },
    async increment(key, settings = {}) {
      const by = checkStep(settings.by ?? 1);
      const ttl = settings.ttlMs === undefined ? '' : checkTtl(settings.ttlMs);
      const sum = await link.run('values', (redis) => redis.parleyIncrement(valueKey(key), by, ttl));
      if (sum === AWAY) return alone.increment(key, settings);
      if (sum === null) throw new TypeError(`increment needs a whole number under ${key}, there is a text`);
      return Number(sum);
    },
    async take(key, wanted) {
      const { limit, windowMs, cost } = checkLimit(wanted);
      const taken = await link.run('values', (redis) =>
        redis.parleyTake(limitKey(key), limit, windowMs, cost, WINDOW_PIECES),
      );
      if (taken === AWAY) return alone.take(key, wanted);
      const [allowed, remaining, resetMs] = taken;
      return { allowed: allowed === 1, remaining: Number(remaining), resetMs: Number(resetMs) };
    },
    lock: createLock({ link, keyPrefix, clock }),
  };
}

/** Takes locks in memory and in Redis. */
function createLock({ link, keyPrefix, clock }: Omit<RedisCacheOptions, 'maxEntries'>): Cache['lock'] {
  const memory = createCacheMemory();
  const own = createMemoryCache({ maxEntries: 1, clock, memory });
  const { fences } = memory;

  const toShared = (lockKey: string, local: Lock, fence: number): Lock => ({
    fence,
    async extend(ttlMs) {
      if (!(await local.extend(ttlMs))) return false;
      const kept = await link.run('values', (redis) => redis.parleyExtend(lockKey, fence, checkTtl(ttlMs)));
      if (kept !== 0) return true;
      await local.release();
      return false;
    },
    async release() {
      await local.release();
      await link.run('values', (redis) => redis.parleyRelease(lockKey, fence));
    },
  });
  const toAlone = (local: Lock): Lock => ({
    ...local,
    // Other nodes know nothing of it: once they can be asked again, it must be taken anew.
    extend: async (ttlMs) => link.state !== 'ready' && (await local.extend(ttlMs)),
  });

  return async (key, { ttlMs }) => {
    const local = await own.lock(key, { ttlMs });
    if (local === undefined) return undefined;
    const lockKey = `${keyPrefix}k:${key.toWellFormed()}`;
    const reply = await link.run('values', (redis) =>
      redis.parleyLock(lockKey, `${keyPrefix}fences`, checkTtl(ttlMs), fences.last),
    );
    if (reply === AWAY) return toAlone(local);
    if (reply === null) {
      await local.release();
      return undefined;
    }
    const fence = Number(reply);
    fences.last = Math.max(fences.last, fence);
    return toShared(lockKey, local, fence);
  };
}
