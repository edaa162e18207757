import assert from 'node:assert/strict';
import { cache } from '@parley/contracts';
import type { Cache } from '@parley/contracts';
import { defineKit, skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';

/** A cache under test. */
export interface CacheSubject {
  readonly cache: Cache;
  /** Lets time pass: moves the clock, or waits where there is none to move. */
  readonly advance: (ms: number) => Promise<void>;
  /** The most entries it keeps, for a cache that can be filled in a test. */
  readonly maxEntries?: number;
}

type Case = KitCase<CacheSubject>;

const values: readonly Case[] = [
  {
    name: 'returns what was set',
    run: async ({ cache: subject }) => {
      await subject.set('key', 'value');
      assert.equal(await subject.get('key'), 'value');
    },
  },
  {
    name: 'returns undefined for a key that was never set',
    run: async ({ cache: subject }) => assert.equal(await subject.get('missing'), undefined),
  },
  {
    name: 'replaces a value and its time to live',
    run: async ({ cache: subject, advance }) => {
      await subject.set('key', 'old', { ttlSeconds: 1 });
      await subject.set('key', 'new');
      await advance(1_100);
      assert.equal(await subject.get('key'), 'new');
    },
  },
  {
    name: 'forgets a deleted key, and deletes a missing one without an error',
    fault: 'duplicate',
    run: async ({ cache: subject }) => {
      await subject.set('key', 'value');
      await subject.delete('key');
      await subject.delete('key');
      assert.equal(await subject.get('key'), undefined);
    },
  },
  {
    name: 'keeps a value until its time to live has passed, and not longer',
    run: async ({ cache: subject, advance }) => {
      await subject.set('key', 'value', { ttlSeconds: 2 });
      await advance(1_000);
      assert.equal(await subject.get('key'), 'value');
      await advance(1_100);
      assert.equal(await subject.get('key'), undefined);
    },
  },
  {
    name: 'keeps keys and values of every kind of text apart',
    run: async ({ cache: subject }) => {
      const texts = [
        '',
        ' ',
        'a:b',
        '__proto__',
        'constructor',
        '\u00e9',
        'e\u0301',
        '😀',
        'a\u0000b',
        'a\nb',
        'x'.repeat(100_000),
      ];
      for (const text of texts) await subject.set(`k${text}`, text);
      for (const text of texts) assert.equal(await subject.get(`k${text}`), text);
      assert.equal(await subject.get('__proto__'), undefined);
    },
  },
  {
    name: 'refuses a time to live of nothing',
    run: async ({ cache: subject }) => {
      await assert.rejects(subject.set('key', 'value', { ttlSeconds: 0 }));
      await assert.rejects(subject.set('key', 'value', { ttlSeconds: -1 }));
    },
  },
];

const large: readonly Case[] = [
  {
    name: 'keeps a value of 1 MB',
    fault: 'huge',
    run: async ({ cache: subject }) => {
      const value = 'x'.repeat(1_024 * 1_024);
      await subject.set('key', value);
      assert.equal(await subject.get('key'), value);
    },
  },
];

const counters: readonly Case[] = [
  {
    name: 'counts from nothing, by one or by more, also down',
    run: async ({ cache: subject }) => {
      assert.equal(await subject.increment('n'), 1);
      assert.equal(await subject.increment('n', { by: 5 }), 6);
      assert.equal(await subject.increment('n', { by: -7 }), -1);
      assert.equal(await subject.get('n'), '-1');
    },
  },
  {
    name: 'counts every one of many additions at once',
    fault: 'reorder',
    run: async ({ cache: subject }) => {
      const sums = await Promise.all(Array.from({ length: 100 }, () => subject.increment('n')));
      assert.equal(new Set(sums).size, 100);
      assert.equal(Math.max(...sums), 100);
    },
  },
  {
    name: 'counts the time to live from the first addition',
    run: async ({ cache: subject, advance }) => {
      await subject.increment('n', { ttlSeconds: 2 });
      await advance(1_500);
      assert.equal(await subject.increment('n', { ttlSeconds: 2 }), 2);
      await advance(600);
      assert.equal(await subject.increment('n', { ttlSeconds: 2 }), 1);
    },
  },
  {
    name: 'refuses to count on a text',
    run: async ({ cache: subject }) => {
      await subject.set('key', 'text');
      await assert.rejects(subject.increment('key'));
      assert.equal(await subject.get('key'), 'text');
    },
  },
];

const locks: readonly Case[] = [
  {
    name: 'gives a lock to one taker only',
    fault: 'reorder',
    run: async ({ cache: subject }) => {
      const taken = await Promise.all(Array.from({ length: 20 }, () => subject.lock('job', { ttlMs: 5_000 })));
      assert.equal(taken.filter((lock) => lock !== undefined).length, 1);
    },
  },
  {
    name: 'gives a released lock to the next, with a greater fence',
    run: async ({ cache: subject }) => {
      const first = await subject.lock('job', { ttlMs: 5_000 });
      await first?.release();
      const second = await subject.lock('job', { ttlMs: 5_000 });
      assert.ok(first !== undefined && second !== undefined && second.fence > first.fence);
    },
  },
  {
    name: 'gives a lock on when its time has passed, with a greater fence',
    run: async ({ cache: subject, advance }) => {
      const first = await subject.lock('job', { ttlMs: 500 });
      await advance(600);
      const second = await subject.lock('job', { ttlMs: 5_000 });
      assert.ok(first !== undefined && second !== undefined && second.fence > first.fence);
    },
  },
  {
    name: 'lets a late holder release nothing but its own',
    fault: 'slow',
    run: async ({ cache: subject, advance }) => {
      const late = await subject.lock('job', { ttlMs: 500 });
      await advance(600);
      await subject.lock('job', { ttlMs: 5_000 });
      await late?.release();
      assert.equal(await subject.lock('job', { ttlMs: 5_000 }), undefined);
    },
  },
  {
    name: 'keeps locks and values of one name apart',
    run: async ({ cache: subject }) => {
      await subject.set('job', 'value');
      assert.notEqual(await subject.lock('job', { ttlMs: 5_000 }), undefined);
      assert.equal(await subject.get('job'), 'value');
    },
  },
];

const bounds: readonly Case[] = [
  {
    name: 'holds no more than its limit and keeps what was used last',
    run: async ({ cache: subject, maxEntries }) => {
      if (maxEntries === undefined) skip('its limit is not one of entries');
      for (let index = 0; index < maxEntries; index += 1) await subject.set(`k${index}`, 'value');
      await subject.get('k0');
      await subject.set('one more', 'value');
      assert.equal(await subject.get('k0'), 'value');
      assert.equal(await subject.get('k1'), undefined);
    },
  },
];

/** What every `cache` must do. */
export const cacheKit = defineKit<CacheSubject>({
  capability: cache.id,
  cases: [...values, ...large, ...counters, ...locks, ...bounds],
});
