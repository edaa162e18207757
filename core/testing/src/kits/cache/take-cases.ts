import assert from 'node:assert/strict';
import type { KitCase } from '../kit.ts';
import type { CacheSubject } from './subject.ts';

const HOUR_MS = 3_600_000;

/** Limits: how much may be taken, by whom, and when it comes back. */
export const takeCases: readonly KitCase<CacheSubject>[] = [
  {
    name: 'allows what the limit allows, says what is left, and refuses the next',
    run: async ({ cache }) => {
      const limit = { limit: 3, windowMs: HOUR_MS };
      const all = [];
      for (let index = 0; index < 4; index += 1) all.push(await cache.take('tries', limit));
      assert.deepEqual(
        all.map(({ allowed, remaining }) => [allowed, remaining]),
        [
          [true, 2],
          [true, 1],
          [true, 0],
          [false, 0],
        ],
      );
    },
  },
  {
    name: 'says when to come again: at once while something is left, within the window and a sixteenth afterwards',
    run: async ({ cache }) => {
      const limit = { limit: 2, windowMs: HOUR_MS };
      assert.equal((await cache.take('tries', limit)).resetMs, 0);
      for (const { resetMs } of [await cache.take('tries', limit), await cache.take('tries', limit)]) {
        assert.ok(resetMs > HOUR_MS - 60_000 && resetMs <= HOUR_MS * (17 / 16), `resetMs was ${resetMs}`);
      }
    },
  },
  {
    name: 'gives back after the window what was taken, no sooner',
    run: async ({ cache, advance }) => {
      const limit = { limit: 1, windowMs: 2_000 };
      assert.equal((await cache.take('tries', limit)).allowed, true);
      await advance(200);
      const { allowed, resetMs } = await cache.take('tries', limit);
      assert.equal(allowed, false);
      await advance(resetMs + 20);
      assert.equal((await cache.take('tries', limit)).allowed, true);
    },
  },
  {
    name: 'allows no more than the limit in any window, also across the turn of one',
    run: async ({ cache, advance }) => {
      const limit = { limit: 2, windowMs: 1_600 };
      await cache.take('tries', limit);
      await advance(900);
      await cache.take('tries', limit);
      await advance(900);
      const later = [await cache.take('tries', limit), await cache.take('tries', limit)];
      assert.deepEqual(
        later.map(({ allowed }) => allowed),
        [true, false],
      );
    },
  },
  {
    name: 'allows exactly the limit to hundreds who take at once, on every node',
    fault: 'reorder',
    run: async ({ cache, elsewhere = cache }) => {
      const nodes = [cache, elsewhere];
      const all = await Promise.all(
        Array.from({ length: 300 }, (_, index) =>
          (nodes[index % 2] ?? cache).take('tries', { limit: 50, windowMs: HOUR_MS }),
        ),
      );
      assert.equal(all.filter(({ allowed }) => allowed).length, 50);
    },
  },
  {
    name: 'counts a take for its cost, and a refused one for nothing',
    run: async ({ cache }) => {
      const limit = { limit: 10, windowMs: HOUR_MS };
      assert.equal((await cache.take('tokens', { ...limit, cost: 7 })).remaining, 3);
      const refused = await cache.take('tokens', { ...limit, cost: 4 });
      assert.deepEqual([refused.allowed, refused.remaining], [false, 3]);
      assert.equal((await cache.take('tokens', { ...limit, cost: 3 })).allowed, true);
    },
  },
  {
    name: 'follows a limit that is changed',
    run: async ({ cache }) => {
      for (let index = 0; index < 3; index += 1) await cache.take('tries', { limit: 3, windowMs: HOUR_MS });
      const lowered = await cache.take('tries', { limit: 1, windowMs: HOUR_MS });
      assert.deepEqual([lowered.allowed, lowered.remaining], [false, 0]);
      assert.equal((await cache.take('tries', { limit: 5, windowMs: HOUR_MS })).remaining, 1);
    },
  },
  {
    name: 'keeps the limits of two keys apart, and those of a key from its value',
    run: async ({ cache }) => {
      const limit = { limit: 1, windowMs: HOUR_MS };
      await cache.set('a', 'value');
      for (const key of ['a', 'b', '', '__proto__', 'constructor'])
        assert.equal((await cache.take(key, limit)).allowed, true);
      assert.equal(await cache.get('a'), 'value');
    },
  },
  {
    name: 'starts again when the key is deleted',
    run: async ({ cache }) => {
      const limit = { limit: 1, windowMs: HOUR_MS };
      await cache.take('tries', limit);
      await cache.delete('tries');
      assert.equal((await cache.take('tries', limit)).allowed, true);
    },
  },
  {
    name: 'refuses limits that are no whole numbers, and a cost beyond the limit',
    run: async ({ cache }) => {
      const wrong = [
        { limit: 0, windowMs: 1_000 },
        { limit: 1.5, windowMs: 1_000 },
        { limit: Number.NaN, windowMs: 1_000 },
        { limit: 1, windowMs: 0 },
        { limit: 1, windowMs: 0.5 },
        { limit: 5, windowMs: 1_000, cost: 6 },
        { limit: 5, windowMs: 1_000, cost: 0 },
      ];
      for (const limit of wrong) await assert.rejects(cache.take('tries', limit), RangeError, JSON.stringify(limit));
    },
  },
];
