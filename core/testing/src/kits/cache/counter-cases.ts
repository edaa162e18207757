import assert from 'node:assert/strict';
import type { KitCase } from '../kit.ts';
import type { CacheSubject } from './subject.ts';

/** Counters: sums under concurrency and in time. */
export const counterCases: readonly KitCase<CacheSubject>[] = [
  {
    name: 'counts from nothing, by one or by more, also down',
    run: async ({ cache }) => {
      assert.equal(await cache.increment('n'), 1);
      assert.equal(await cache.increment('n', { by: 5 }), 6);
      assert.equal(await cache.increment('n', { by: -7 }), -1);
      assert.equal(await cache.get('n'), '-1');
    },
  },
  {
    name: 'counts every one of a thousand additions at once, on every node',
    fault: 'reorder',
    run: async ({ cache, elsewhere = cache }) => {
      const nodes = [cache, elsewhere];
      const sums = await Promise.all(
        Array.from({ length: 1_000 }, (_, index) => (nodes[index % 2] ?? cache).increment('n')),
      );
      assert.equal(new Set(sums).size, 1_000);
      assert.equal(Math.max(...sums), 1_000);
    },
  },
  {
    name: 'counts the time to live from the first addition',
    run: async ({ cache, advance }) => {
      await cache.increment('n', { ttlMs: 1_500 });
      await advance(300);
      assert.equal(await cache.increment('n', { ttlMs: 60_000 }), 2);
      await advance(1_300);
      assert.equal(await cache.increment('n', { ttlMs: 1_500 }), 1);
    },
  },
  {
    name: 'goes on from a number that was set',
    run: async ({ cache }) => {
      await cache.set('n', '41');
      assert.equal(await cache.increment('n'), 42);
    },
  },
  {
    name: 'refuses to count on a text',
    run: async ({ cache }) => {
      for (const text of ['text', '', '1.5', ' 1', '1e3', '007', '-0', '9007199254740993']) {
        await cache.set('key', text);
        await assert.rejects(cache.increment('key'), TypeError, `${JSON.stringify(text)} is no whole number`);
        assert.equal(await cache.get('key'), text);
      }
    },
  },
  {
    name: 'refuses to add what is no whole number',
    run: async ({ cache }) => {
      for (const by of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
        await assert.rejects(cache.increment('n', { by }), RangeError);
      assert.equal(await cache.get('n'), undefined);
    },
  },
];
