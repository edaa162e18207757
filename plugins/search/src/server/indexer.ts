import { setTimeout as pause } from 'node:timers/promises';
import { searchErrors } from '@parley/contracts';
import type { Cache, Lock, SearchIndex } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import type { IndexSteps } from './index-steps.ts';

/** Keeps the index up to date, on one node at a time. */
export interface Indexer {
  /** Something was written, or is to be filled: looks at it soon. */
  wake(): void;
  /**
   * Runs `work` while nothing is brought to the index, on any node: what was read before it is in the index by then.
   * @throws SEARCH_UNAVAILABLE when the index is not to be had for half a minute
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Why the last attempt failed. */
  readonly trouble: string | undefined;
  stop(): Promise<void>;
}

const LOCK_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** Set while somebody wants the index alone; whoever fills it lets go after the step under way. */
const WANTED = 'wanted';
const WANTED_MS = 2_000;
const ASK_MS = 25;
const LONGEST_WAIT_MS = 30_000;

/** What an indexer works with. */
export interface IndexerOptions {
  readonly cache: Pick<Cache, 'lock' | 'get' | 'set' | 'delete'>;
  readonly steps: IndexSteps;
  /** Runs `work` with the index. @throws SEARCH_UNAVAILABLE without one */
  readonly withIndex: <T>(work: (index: SearchIndex) => Promise<T>) => Promise<T>;
  readonly delayMs: number;
  readonly lookMs: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** An indexer that is woken by writes and looks by itself now and then; after a failure it waits longer each time. */
export function createIndexer({ cache, steps, withIndex, delayMs, lookMs, log }: IndexerOptions): Indexer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  const stopped = new AbortController();
  let isWoken = false;
  let failures = 0;
  let trouble: string | undefined;

  const takeLock = (): Promise<Lock | undefined> => cache.lock('indexer', { ttlMs: LOCK_MS });
  const isWanted = async (): Promise<boolean> => (await cache.get(WANTED)) !== undefined;
  /** Waits for the lock, and keeps saying so. */
  const waitForLock = async (): Promise<Lock> => {
    for (const endMs = performance.now() + LONGEST_WAIT_MS; performance.now() < endMs; await pause(ASK_MS)) {
      await cache.set(WANTED, '1', { ttlMs: WANTED_MS });
      const lock = await takeLock();
      if (lock !== undefined) return lock;
    }
    throw searchErrors.UNAVAILABLE({ reason: 'it is being filled' });
  };

  const work = async (index: SearchIndex): Promise<void> => {
    if (await isWanted()) return void (isWoken = true);
    const lock = await takeLock();
    if (lock === undefined) return;
    try {
      let hasMore = true;
      while (hasMore) {
        if (stopped.signal.aborted) return;
        isWoken = false;
        // New messages first: they are found at once, however long the rest takes.
        const isDrained = !(await steps.drain(index));
        hasMore = !isDrained || (await steps.fill(index)) || isWoken;
        if (hasMore && ((await isWanted()) || !(await lock.extend(LOCK_MS)))) return void (isWoken = true);
      }
    } finally {
      await lock.release();
    }
  };

  const plan = (waitMs: number): void => {
    if (stopped.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), waitMs);
    timer.unref();
  };
  const run = (): Promise<void> => (running ??= attempt().finally(() => (running = undefined)));
  const attempt = async (): Promise<void> => {
    try {
      await withIndex(work);
      if (failures > 0) log.info('The search index can be reached again and is up to date');
      failures = 0;
      trouble = undefined;
      plan(isWoken ? Math.max(delayMs, ASK_MS) : lookMs);
    } catch (error) {
      if (stopped.signal.aborted) return;
      trouble = error instanceof Error ? error.message : String(error);
      if (failures === 0) log.warn('The search index could not be brought up to date; it is tried again', { error });
      const longestMs = Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS);
      failures += 1;
      plan(longestMs * (0.5 + Math.random() / 2));
    }
  };

  return {
    async exclusively(task) {
      const lock = await waitForLock();
      try {
        return await task();
      } finally {
        await lock.release();
        await cache.delete(WANTED);
      }
    },
    get trouble() {
      return trouble;
    },
    wake() {
      const wasWoken = isWoken;
      isWoken = true;
      if (!wasWoken && failures === 0 && running === undefined) plan(delayMs);
    },
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
