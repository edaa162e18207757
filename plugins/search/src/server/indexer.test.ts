import { afterEach, describe, expect, it } from '@jest/globals';
import type { SearchIndex } from '@parley/contracts';
import { createMemoryCache } from '@parley/plugin-cache-memory/contract';
import { createIndexer } from './indexer.ts';
import type { Indexer } from './indexer.ts';

describe('createIndexer', () => {
  const indexers: Indexer[] = [];
  afterEach(() => Promise.all(indexers.splice(0).map((indexer) => indexer.stop())));

  /** Two nodes over one cache; the steps of the first are let go one by one, and go on until the last. */
  const start = () => {
    const cache = createMemoryCache({ maxEntries: 10, clock: { now: () => performance.now() } });
    const log: string[] = [];
    let isLast = false;
    let goOn = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const drain = async (): Promise<boolean> => {
      log.push('reads');
      begun.resolve();
      await goOn.promise;
      log.push('puts');
      return !isLast;
    };
    const add = (read: () => Promise<boolean>): Indexer => {
      const indexer = createIndexer({
        cache,
        steps: { drain: read, fill: async () => false },
        withIndex: (work) => work({} as SearchIndex),
        delayMs: 0,
        lookMs: 60_000,
        log: { info: () => undefined, warn: () => undefined },
      });
      indexers.push(indexer);
      return indexer;
    };
    const busy = add(drain);
    const step = () => {
      const before = goOn;
      goOn = Promise.withResolvers<void>();
      before.resolve();
    };
    const letGo = () => {
      isLast = true;
      goOn.resolve();
    };
    return { busy, other: add(async () => false), log, begun: begun.promise, step, letGo };
  };

  for (const who of ['busy', 'other'] as const)
    it(`lets ${who === 'busy' ? 'itself' : 'another node'} work alone once its step has ended, and goes on after it`, async () => {
      const host = start();
      const { log } = host;
      host.busy.wake();
      await host.begun;
      let isAlone = false;
      const done = host[who].exclusively(async () => {
        isAlone = true;
        log.push('erases');
        for (let tries = 0; tries < 50; tries += 1) await new Promise((resolve) => setImmediate(resolve));
        log.push('has erased');
      });
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(isAlone).toBe(false);
      host.step();
      await done;
      expect(log.slice(0, 4)).toEqual(['reads', 'puts', 'erases', 'has erased']);
      while (log.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(log[4]).toBe('reads');
      host.letGo();
    });

  it('goes on after work that failed', async () => {
    const host = start();
    await expect(host.other.exclusively(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    host.busy.wake();
    await host.begun;
    host.letGo();
    expect(host.log[0]).toBe('reads');
  });
});
