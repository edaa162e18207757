import type { Lock } from '@parley/contracts';
import { checkTtl } from './check-arguments.ts';

const MANY_LOCKS = 1_000;

/** One lock that is held. Units: `expiresAt` as `elapsed` counts. */
export interface HeldLock {
  readonly fence: number;
  readonly expiresAt: number;
}

/** The fence given last; its numbers go on from the wall clock, so that they grow over restarts. */
export interface FenceCounter {
  last: number;
}

/** A fence greater than every one before it. Shape: microseconds since 1970 at least. */
export function nextFence(counter: FenceCounter, now: number): number {
  counter.last = Math.max(counter.last + 1, Math.floor(now * 1000));
  return counter.last;
}

/** Locks in this process. */
export function createMemoryLocks(deps: {
  readonly locks: Map<string, HeldLock>;
  readonly fences: FenceCounter;
  readonly elapsed: () => number;
  readonly now: () => number;
}) {
  const { locks, fences, elapsed, now } = deps;
  const isHeld = (held: HeldLock | undefined): held is HeldLock => held !== undefined && held.expiresAt > elapsed();
  const dropPassed = (): void => {
    for (const [key, held] of locks) if (!isHeld(held)) locks.delete(key);
  };
  return {
    lock(key: string, ttlMs: number): Lock | undefined {
      const expiresAt = elapsed() + checkTtl(ttlMs);
      if (isHeld(locks.get(key))) return undefined;
      if (locks.size >= MANY_LOCKS) dropPassed();
      const fence = nextFence(fences, now());
      locks.set(key, { fence, expiresAt });
      const own = (): HeldLock | undefined => {
        const held = locks.get(key);
        return held?.fence === fence && isHeld(held) ? held : undefined;
      };
      return {
        fence,
        extend: async (moreMs) => {
          const extended = { fence, expiresAt: elapsed() + checkTtl(moreMs) };
          if (own() === undefined) return false;
          locks.set(key, extended);
          return true;
        },
        release: async () => {
          if (own() !== undefined) locks.delete(key);
        },
      };
    },
  };
}
