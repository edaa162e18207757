import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Limited, SharedLimit } from './shared-limit.ts';

const TIMEOUT_MS = 1_000;
/** How late a limit may be. */
const TICK_MS = 10;

/** Work that notes when it ran out of time. */
class Work extends Limited {
  readonly expiredAtMs: number[] = [];
  readonly #limit: SharedLimit;

  constructor(limit: SharedLimit) {
    super(performance.now());
    this.#limit = limit;
    limit.add(this);
  }

  override expire(elapsedMs: number): void {
    this.expiredAtMs.push(elapsedMs);
    this.end();
  }

  end(): void {
    this.#limit.remove(this);
  }
}

describe('a shared limit', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('ends nothing early and all a tick late at most, however their beginnings lie', () => {
    const limit = new SharedLimit(TIMEOUT_MS);
    const works: Work[] = [];
    for (let count = 0; count < 3_000; count += 1) {
      works.push(new Work(limit));
      jest.advanceTimersByTime(1);
    }
    jest.advanceTimersByTime(TIMEOUT_MS + TICK_MS);
    const times = works.map(({ expiredAtMs }) => expiredAtMs[0] ?? Number.NaN);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(TIMEOUT_MS);
    expect(Math.max(...times)).toBeLessThanOrEqual(TIMEOUT_MS + TICK_MS);
  });

  it('leaves alone what has ended in time, wherever it stood', () => {
    const limit = new SharedLimit(TIMEOUT_MS);
    const works = Array.from({ length: 5 }, () => new Work(limit));
    for (const place of [2, 0, 4]) works[place]?.end();
    jest.advanceTimersByTime(TIMEOUT_MS + TICK_MS);
    expect(works.map(({ expiredAtMs }) => expiredAtMs.length)).toEqual([0, 1, 0, 1, 0]);
  });

  it('counts from the new beginning of work that goes on to its next part', () => {
    const limit = new SharedLimit(TIMEOUT_MS);
    const work = new Work(limit);
    jest.advanceTimersByTime(900);
    work.startedMs = performance.now();
    jest.advanceTimersByTime(900);
    expect(work.expiredAtMs).toEqual([]);
    jest.advanceTimersByTime(100 + TICK_MS);
    expect(work.expiredAtMs).toHaveLength(1);
  });

  it('has one timer for all, and none when nothing is pending', () => {
    const limit = new SharedLimit(TIMEOUT_MS);
    const works = Array.from({ length: 1_000 }, () => new Work(limit));
    expect(jest.getTimerCount()).toBe(1);
    for (const work of works) work.end();
    jest.advanceTimersByTime(TIMEOUT_MS);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('begins to watch again after a pause', () => {
    const limit = new SharedLimit(TIMEOUT_MS);
    new Work(limit).end();
    jest.advanceTimersByTime(5 * TIMEOUT_MS);
    const late = new Work(limit);
    jest.advanceTimersByTime(TIMEOUT_MS + TICK_MS);
    expect(late.expiredAtMs).toHaveLength(1);
  });
});

it('keeps no process alive', () => {
  const program = `
    const { Limited, SharedLimit } = await import(${JSON.stringify(join(import.meta.dirname, 'shared-limit.ts'))});
    class Work extends Limited { expire() {} }
    new SharedLimit(3_600_000).add(new Work(performance.now()));`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], { timeout: 60_000 });
});
