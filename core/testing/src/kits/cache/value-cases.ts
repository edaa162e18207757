import assert from 'node:assert/strict';
import { skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import type { CacheSubject } from './subject.ts';

/** Texts that a careless driver confuses, cuts or loses. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  'a:b',
  'a*',
  '{a}',
  '__proto__',
  'constructor',
  '\u00e9',
  'e\u0301',
  '😀',
  'a\u0000b',
  'a\r\n$3\r\nfoo\r\n',
  '\u2028',
  '\ufeff',
  'nil',
  'undefined',
  'x'.repeat(100_000),
];

/** Values: kept, replaced, forgotten, in time. */
export const valueCases: readonly KitCase<CacheSubject>[] = [
  {
    name: 'returns what was set',
    run: async ({ cache }) => {
      await cache.set('key', 'value');
      assert.equal(await cache.get('key'), 'value');
    },
  },
  {
    name: 'returns undefined for a key that was never set',
    run: async ({ cache }) => assert.equal(await cache.get('missing'), undefined),
  },
  {
    name: 'replaces a value and its time to live',
    run: async ({ cache, advance }) => {
      await cache.set('key', 'old', { ttlMs: 500 });
      await cache.set('key', 'new');
      await advance(600);
      assert.equal(await cache.get('key'), 'new');
    },
  },
  {
    name: 'forgets a deleted key, and deletes a missing one without an error',
    fault: 'duplicate',
    run: async ({ cache }) => {
      await cache.set('key', 'value');
      await cache.delete('key');
      await cache.delete('key');
      assert.equal(await cache.get('key'), undefined);
    },
  },
  {
    name: 'keeps a value until its time to live has passed, and not longer',
    run: async ({ cache, advance }) => {
      await cache.set('key', 'value', { ttlMs: 2_000 });
      await advance(200);
      assert.equal(await cache.get('key'), 'value');
      await advance(1_900);
      assert.equal(await cache.get('key'), undefined);
    },
  },
  {
    name: 'counts a time to live in milliseconds, also in parts of one',
    run: async ({ cache, advance }) => {
      await cache.set('short', 'value', { ttlMs: 40 });
      await cache.set('shorter', 'value', { ttlMs: 0.4 });
      await advance(60);
      assert.deepEqual([await cache.get('short'), await cache.get('shorter')], [undefined, undefined]);
    },
  },
  {
    name: 'keeps keys and values of every kind of text apart',
    run: async ({ cache }) => {
      for (const text of hostileTexts) await cache.set(`k${text}`, text);
      for (const text of hostileTexts) assert.equal(await cache.get(`k${text}`), text);
      assert.equal(await cache.get('__proto__'), undefined);
    },
  },
  {
    name: 'stores half a surrogate pair as U+FFFD',
    run: async ({ cache }) => {
      await cache.set('key \ud800', 'value \udc00');
      assert.equal(await cache.get('key \ufffd'), 'value \ufffd');
    },
  },
  {
    name: 'refuses a time to live of nothing or without an end',
    run: async ({ cache }) => {
      for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
        await assert.rejects(cache.set('key', 'value', { ttlMs }), RangeError);
      assert.equal(await cache.get('key'), undefined);
    },
  },
  {
    name: 'keeps a value of 1 MB',
    fault: 'huge',
    run: async ({ cache }) => {
      const value = '😀'.repeat(256 * 1_024);
      await cache.set('key', value);
      assert.equal(await cache.get('key'), value);
    },
  },
  {
    name: 'refuses a value of more than 8 388 608 characters',
    fault: 'huge',
    run: async ({ cache }) => {
      await assert.rejects(cache.set('key', 'x'.repeat(8 * 1_024 * 1_024 + 1)), RangeError);
      assert.equal(await cache.get('key'), undefined);
    },
  },
  {
    name: 'shows every node what another one set',
    run: async ({ cache, elsewhere }) => {
      if (elsewhere === undefined) skip('its nodes share nothing');
      await cache.set('key', 'value');
      assert.equal(await elsewhere.get('key'), 'value');
      await elsewhere.delete('key');
      assert.equal(await cache.get('key'), undefined);
    },
  },
  {
    name: 'holds no more than its limit and keeps what was used last',
    run: async ({ cache, maxEntries }) => {
      if (maxEntries === undefined) skip('its limit is not one of entries');
      for (let index = 0; index < maxEntries; index += 1) await cache.set(`k${index}`, 'value');
      await cache.get('k0');
      await cache.set('one more', 'value');
      assert.equal(await cache.get('k0'), 'value');
      assert.equal(await cache.get('k1'), undefined);
    },
  },
];
