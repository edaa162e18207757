import { describe, expect, it } from '@jest/globals';
import { createMemoryBus } from './memory-bus.ts';
import { createMemoryCache } from './memory-cache.ts';

describe('createMemoryCache', () => {
  it('drops passed locks instead of collecting them', async () => {
    let now = 0;
    const cache = createMemoryCache({ maxEntries: 10, now: () => now });
    const fences: (number | undefined)[] = [];
    for (let index = 0; index < 2_500; index += 1) {
      now += 10;
      fences.push((await cache.lock(`job-${index % 1_500}`, { ttlMs: 5 }))?.fence);
    }
    expect(fences).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
  });

  it('refuses a lock for no time', async () => {
    const cache = createMemoryCache({ maxEntries: 10, now: () => 0 });
    await expect(cache.lock('job', { ttlMs: 0 })).rejects.toThrow('ttlMs is more than 0, not 0');
  });

  it('has nothing left once it is cleared, but goes on counting fences', async () => {
    const cache = createMemoryCache({ maxEntries: 10, now: () => 0 });
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
