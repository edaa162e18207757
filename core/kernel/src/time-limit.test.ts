import { describe, expect, it, jest } from '@jest/globals';
import { isPromiseLike, withReminder, withTimeLimit } from './time-limit.ts';

const late = (elapsedMs: number) => new Error(`late after ${elapsedMs >= 0 ? 'some' : 'no'} ms`);

describe('a time limit', () => {
  it('gives what the work gives in time', async () => {
    await expect(withTimeLimit(Promise.resolve(7), 1_000, late)).resolves.toBe(7);
  });

  it('passes the error of the work on as it is', async () => {
    const own = new Error('own');
    await expect(withTimeLimit(Promise.reject(own), 1_000, late)).rejects.toBe(own);
  });

  it('ends work that takes too long, with the time that has passed', async () => {
    await expect(withTimeLimit(new Promise<never>(() => {}), 5, late)).rejects.toThrow('late after some ms');
  });
});

describe('a reminder', () => {
  it('comes again and again while the work goes on, and no more when it is done', async () => {
    jest.useFakeTimers();
    const work = Promise.withResolvers<number>();
    let reminders = 0;
    const done = withReminder(work.promise, 10_000, () => (reminders += 1));
    jest.advanceTimersByTime(25_000);
    work.resolve(7);
    await expect(done).resolves.toBe(7);
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    expect(reminders).toBe(2);
  });
});

describe('what must be waited for', () => {
  it('is a promise and nothing else', () => {
    expect(isPromiseLike(Promise.resolve())).toBe(true);
    expect([isPromiseLike(undefined), isPromiseLike({}), isPromiseLike(() => {})]).toEqual([false, false, false]);
  });
});
