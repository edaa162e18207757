import assert from 'node:assert/strict';
import { skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import type { CacheSubject, ServiceOutage } from './subject.ts';

const HOUR_MS = 3_600_000;
const TIMEOUT_MS = 60_000;

type Way = Exclude<keyof ServiceOutage, 'mend'>;
const ways: readonly { readonly way: Way; readonly words: string }[] = [
  { way: 'kill', words: 'is killed' },
  { way: 'hang', words: 'answers nothing' },
  { way: 'refuseWrites', words: 'refuses to write' },
];

function needOutage({ outage }: CacheSubject): ServiceOutage {
  return outage ?? skip('nothing stands behind it that could be away');
}

const duringOutage = ({ way, words }: (typeof ways)[number]): KitCase<CacheSubject> => ({
  name: `goes on in every way when the service behind it ${words}, and shares again afterwards`,
  fault: way === 'hang' ? 'slow' : 'cut',
  timeoutMs: TIMEOUT_MS,
  run: async (subject) => {
    const outage = needOutage(subject);
    const { cache } = subject;
    await outage[way]();
    await cache.set('key', 'value');
    assert.equal(await cache.get('key'), 'value');
    assert.equal(await cache.increment('n'), 1);
    assert.equal(await cache.increment('n'), 2);
    const limit = { limit: 1, windowMs: HOUR_MS };
    assert.deepEqual(
      [(await cache.take('tries', limit)).allowed, (await cache.take('tries', limit)).allowed],
      [true, false],
    );
    assert.ok((await cache.lock('job', { ttlMs: HOUR_MS })) !== undefined);
    assert.equal(await cache.lock('job', { ttlMs: HOUR_MS }), undefined);
    await cache.delete('key');
    await outage.mend();
    await cache.set('shared', 'again');
    assert.equal(await (subject.elsewhere ?? cache).get('shared'), 'again');
  },
});

/** What a cache promises while the service behind it is away. */
export const outageCases: readonly KitCase<CacheSubject>[] = [
  ...ways.map(duringOutage),
  {
    name: 'makes many who ask when the service hangs wait together, not one after the other',
    fault: 'slow',
    timeoutMs: TIMEOUT_MS,
    run: async (subject) => {
      const outage = needOutage(subject);
      await outage.hang();
      const startedAt = performance.now();
      for (let index = 0; index < 200; index += 1) await subject.cache.get(`k${index}`);
      const tookMs = performance.now() - startedAt;
      await outage.mend();
      assert.ok(tookMs < 5_000, `200 reads took ${Math.round(tookMs)} ms`);
    },
  },
  {
    name: 'forgets after the outage what was deleted while it lasted',
    fault: 'cut',
    timeoutMs: TIMEOUT_MS,
    run: async (subject) => {
      const outage = needOutage(subject);
      await subject.cache.set('stale', 'before');
      await subject.cache.set('replaced', 'before');
      await outage.refuseWrites();
      await subject.cache.delete('stale');
      await subject.cache.set('replaced', 'during', { ttlMs: HOUR_MS });
      await outage.mend();
      assert.equal(await subject.cache.get('stale'), undefined);
      assert.notEqual(await subject.cache.get('replaced'), 'before');
    },
  },
  {
    name: 'gives fences that grow into an outage and out of it',
    fault: 'cut',
    timeoutMs: TIMEOUT_MS,
    run: async (subject) => {
      const outage = needOutage(subject);
      const fences: (number | undefined)[] = [];
      const takeOnce = async () => {
        const lock = await subject.cache.lock('job', { ttlMs: HOUR_MS });
        fences.push(lock?.fence);
        await lock?.release();
      };
      await takeOnce();
      await outage.kill();
      await takeOnce();
      await outage.mend();
      await takeOnce();
      assert.ok(
        fences.every((fence, index) => fence !== undefined && fence > (fences[index - 1] ?? 0)),
        `the fences were ${fences.join(', ')}`,
      );
    },
  },
  {
    name: 'keeps a lock its node’s own into an outage and out of it',
    fault: 'cut',
    timeoutMs: TIMEOUT_MS,
    run: async (subject) => {
      const outage = needOutage(subject);
      const lock = await subject.cache.lock('job', { ttlMs: HOUR_MS });
      await outage.kill();
      assert.equal(await subject.cache.lock('job', { ttlMs: HOUR_MS }), undefined);
      assert.equal(await lock?.extend(HOUR_MS), true);
      await outage.mend();
      assert.equal(await subject.cache.lock('job', { ttlMs: HOUR_MS }), undefined);
      await lock?.release();
      assert.ok((await subject.cache.lock('job', { ttlMs: HOUR_MS })) !== undefined);
    },
  },
];
