import { expect, it } from '@jest/globals';
import { HoldCount } from './hold-count.ts';

it('is idle at once when nobody holds it', async () => {
  await expect(new HoldCount().idle()).resolves.toBeUndefined();
});

it('is idle when the last has let go, each once', async () => {
  const count = new HoldCount();
  const [first, second] = [count.hold(), count.hold()];
  let isIdle = false;
  const waiting = count.idle().then(() => {
    isIdle = true;
    return undefined;
  });
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  await Promise.resolve();
  expect([count.count, isIdle]).toEqual([1, false]);
  second[Symbol.dispose]();
  await waiting;
  expect(isIdle).toBe(true);
});
