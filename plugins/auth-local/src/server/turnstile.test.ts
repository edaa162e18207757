import { describe, expect, it } from '@jest/globals';
import { createTurnstile } from './turnstile.ts';

/** Work that ends when it is told to. */
function controlled() {
  const ends: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => ends.push(resolve));
  return { work, endOne: () => ends.shift()?.(), started: () => ends.length };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createTurnstile', () => {
  it('lets two through at once and the others one by one', async () => {
    const { work, endOne, started } = controlled();
    const pass = createTurnstile({ maxRunning: 2, maxWaiting: 10 });
    const all = Promise.all([pass(work), pass(work), pass(work)]);
    await settled();
    expect(started()).toBe(2);
    endOne();
    await settled();
    expect(started()).toBe(2);
    endOne();
    endOne();
    await all;
  });

  it('lets the next one through when work fails', async () => {
    const pass = createTurnstile({ maxRunning: 1, maxWaiting: 10 });
    await expect(pass(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await pass(() => Promise.resolve('fine'))).toBe('fine');
  });

  it('sends people away when the line is full', async () => {
    const { work, endOne } = controlled();
    const pass = createTurnstile({ maxRunning: 1, maxWaiting: 1 });
    const both = [pass(work), pass(work)];
    await expect(pass(work)).rejects.toMatchObject({ code: 'AUTH_LOCAL_BUSY', status: 503 });
    await settled();
    endOne();
    await settled();
    endOne();
    await Promise.all(both);
  });
});
