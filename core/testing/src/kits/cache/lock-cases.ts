import assert from 'node:assert/strict';
import type { Lock } from '@parley/contracts';
import type { KitCase } from '../kit.ts';
import type { CacheSubject } from './subject.ts';

function taken(lock: Lock | undefined): Lock {
  assert.ok(lock !== undefined, 'the lock was free, and could not be taken');
  return lock;
}

/** Locks: one holder, fences that grow, late holders that do no harm. */
export const lockCases: readonly KitCase<CacheSubject>[] = [
  {
    name: 'gives a lock to one of fifty takers on every node',
    fault: 'reorder',
    run: async ({ cache, elsewhere = cache }) => {
      const nodes = [cache, elsewhere];
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, index) => (nodes[index % 2] ?? cache).lock('job', { ttlMs: 60_000 })),
      );
      assert.equal(all.filter((lock) => lock !== undefined).length, 1);
    },
  },
  {
    name: 'gives a released lock to the next, with a greater fence, a hundred times',
    run: async ({ cache, elsewhere = cache }) => {
      const fences: number[] = [];
      for (let index = 0; index < 100; index += 1) {
        const lock = taken(await (index % 2 === 0 ? cache : elsewhere).lock('job', { ttlMs: 60_000 }));
        fences.push(lock.fence);
        await lock.release();
      }
      assert.ok(fences.every((fence, index) => Number.isSafeInteger(fence) && fence > (fences[index - 1] ?? 0)));
    },
  },
  {
    name: 'gives a lock on when its time has passed, with a greater fence',
    run: async ({ cache, advance }) => {
      const first = taken(await cache.lock('job', { ttlMs: 200 }));
      await advance(300);
      const second = taken(await cache.lock('job', { ttlMs: 60_000 }));
      assert.ok(second.fence > first.fence);
    },
  },
  {
    name: 'lets a late holder release nothing but its own',
    fault: 'slow',
    run: async ({ cache, elsewhere = cache, advance }) => {
      const late = taken(await cache.lock('job', { ttlMs: 200 }));
      await advance(300);
      taken(await elsewhere.lock('job', { ttlMs: 60_000 }));
      await late.release();
      assert.equal(await cache.lock('job', { ttlMs: 60_000 }), undefined);
    },
  },
  {
    name: 'releases once: a second release does not free the next holder',
    fault: 'duplicate',
    run: async ({ cache, elsewhere = cache }) => {
      const first = taken(await cache.lock('job', { ttlMs: 60_000 }));
      await first.release();
      taken(await elsewhere.lock('job', { ttlMs: 60_000 }));
      await first.release();
      assert.equal(await cache.lock('job', { ttlMs: 60_000 }), undefined);
    },
  },
  {
    name: 'keeps a lock that is extended',
    run: async ({ cache, elsewhere = cache, advance }) => {
      const lock = taken(await cache.lock('job', { ttlMs: 500 }));
      assert.equal(await lock.extend(60_000), true);
      await advance(600);
      assert.equal(await elsewhere.lock('job', { ttlMs: 60_000 }), undefined);
    },
  },
  {
    name: 'does not extend a lock whose time has passed, nor one that is somebody else’s',
    run: async ({ cache, elsewhere = cache, advance }) => {
      const late = taken(await cache.lock('job', { ttlMs: 200 }));
      await advance(300);
      assert.equal(await late.extend(60_000), false);
      const next = taken(await elsewhere.lock('job', { ttlMs: 60_000 }));
      assert.equal(await late.extend(60_000), false);
      assert.equal(await next.extend(60_000), true);
    },
  },
  {
    name: 'refuses a lock for no time',
    run: async ({ cache }) => {
      for (const ttlMs of [0, -1, Number.NaN]) await assert.rejects(cache.lock('job', { ttlMs }), RangeError);
      assert.notEqual(await cache.lock('job', { ttlMs: 1_000 }), undefined);
    },
  },
  {
    name: 'keeps locks and values of one name apart',
    run: async ({ cache }) => {
      await cache.set('job', 'value');
      const lock = taken(await cache.lock('job', { ttlMs: 60_000 }));
      assert.equal(await cache.get('job'), 'value');
      await cache.delete('job');
      assert.equal(await cache.lock('job', { ttlMs: 60_000 }), undefined);
      await lock.release();
    },
  },
  {
    name: 'keeps locks of every name apart',
    run: async ({ cache }) => {
      const names = ['', 'a', 'a:b', '__proto__', 'constructor', 'a\u0000', '😀'];
      for (const name of names) taken(await cache.lock(name, { ttlMs: 60_000 }));
    },
  },
];
