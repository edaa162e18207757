import { describe, expect, it } from '@jest/globals';
import { createMemoryBus, createMemoryCache } from '../contract/index.ts';

describe('createMemoryCache', () => {
  it('drops passed locks instead of collecting them, and counts fences on', async () => {
    let now = 0;
    const cache = createMemoryCache({ maxEntries: 10, clock: { now: () => now } });
    const fences: number[] = [];
    for (let index = 0; index < 2_500; index += 1) {
      now += 10;
      fences.push((await cache.lock(`job-${index % 1_500}`, { ttlMs: 5 }))?.fence ?? 0);
    }
    expect(fences.every((fence, index) => fence > (fences[index - 1] ?? 0))).toBe(true);
  });

  it('counts fences on when the process is another one, and when its clock is set back', async () => {
    let now = 1_000;
    const before = await createMemoryCache({ maxEntries: 10, clock: { now: () => now } }).lock('job', { ttlMs: 1 });
    now = 1_001;
    const cache = createMemoryCache({ maxEntries: 10, clock: { now: () => now } });
    const after = await cache.lock('job', { ttlMs: 1 });
    now = 10;
    const later = await cache.lock('other', { ttlMs: 1 });
    expect(after?.fence).toBeGreaterThan(before?.fence ?? Number.MAX_VALUE);
    expect(later?.fence).toBeGreaterThan(after?.fence ?? Number.MAX_VALUE);
  });

  it('holds locks, values and limits as long as they should when the wall clock jumps', async () => {
    let wallMs = 1_000_000;
    let steadyMs = 0;
    const cache = createMemoryCache({ maxEntries: 10, clock: { now: () => wallMs, steady: () => steadyMs } });
    await cache.set('key', 'value', { ttlMs: 1_000 });
    await cache.lock('job', { ttlMs: 1_000 });
    await cache.take('tries', { limit: 1, windowMs: 1_000 });
    wallMs += 3 * 24 * 3_600_000;
    expect(await cache.get('key')).toBe('value');
    expect(await cache.lock('job', { ttlMs: 1_000 })).toBeUndefined();
    expect(await cache.take('tries', { limit: 1, windowMs: 1_000 })).toMatchObject({ allowed: false });
    wallMs -= 6 * 24 * 3_600_000;
    steadyMs += 1_100;
    expect(await cache.get('key')).toBeUndefined();
    expect(await cache.lock('job', { ttlMs: 1_000 })).toBeDefined();
    expect(await cache.take('tries', { limit: 1, windowMs: 1_000 })).toMatchObject({ allowed: true });
  });

  it('knows the limits of no more keys than it may hold', async () => {
    const cache = createMemoryCache({ maxEntries: 2, clock: { now: () => 0 } });
    const limit = { limit: 1, windowMs: 1_000 };
    for (const key of ['a', 'b', 'c']) await cache.take(key, limit);
    expect(await cache.take('c', limit)).toMatchObject({ allowed: false });
    expect(await cache.take('a', limit)).toMatchObject({ allowed: true });
  });

  it('has nothing left once it is cleared, but goes on counting fences', async () => {
    const cache = createMemoryCache({ maxEntries: 10, clock: { now: () => 0 } });
    await cache.set('key', 'value');
    await cache.lock('job', { ttlMs: 1_000 });
    cache.clear();
    expect(await cache.get('key')).toBeUndefined();
    expect((await cache.lock('job', { ttlMs: 1_000 }))?.fence).toBe(2);
  });
});

describe('createMemoryBus', () => {
  it('reports what a listener throws, with its topic', async () => {
    const reported: unknown[] = [];
    const bus = createMemoryBus({ onError: (error, topic) => reported.push([topic, String(error)]) });
    bus.subscribe('a', () => {
      throw new Error('a listener that throws');
    });
    await bus.publish('a', 'ring');
    await new Promise((resolve) => setImmediate(resolve));
    expect(reported).toEqual([['a', 'Error: a listener that throws']]);
  });

  it('loses messages under way when it is cleared', async () => {
    const heard: string[] = [];
    const bus = createMemoryBus({ onError: () => undefined });
    bus.subscribe('a', (message) => heard.push(message));
    const published = bus.publish('a', 'ring');
    bus.clear();
    await published;
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([]);
  });
});
