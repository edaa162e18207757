import type { TakeLimit } from '@parley/contracts';

// A thousand years; beyond it no cache could keep a time.
const MAX_MS = 1_000 * 365 * 24 * 3_600_000;

/** A time to live in whole milliseconds. @throws RangeError */
export function checkTtl(ttlMs: number): number {
  if (ttlMs > 0 && ttlMs <= MAX_MS) return Math.ceil(ttlMs);
  throw new RangeError(`ttlMs is more than 0 and at most a thousand years, not ${ttlMs}`);
}

/** What a counter is to be raised by. @throws RangeError */
export function checkStep(by: number): number {
  if (Number.isSafeInteger(by)) return by;
  throw new RangeError(`increment adds whole numbers, not ${by}`);
}

const isWhole = (value: number, from: number, to: number): boolean =>
  Number.isSafeInteger(value) && value >= from && value <= to;

/** A limit with its cost. @throws RangeError */
export function checkLimit({ limit, windowMs, cost = 1 }: TakeLimit): Required<TakeLimit> {
  if (!isWhole(limit, 1, Number.MAX_SAFE_INTEGER)) throw new RangeError(`limit is a whole number from 1, not ${limit}`);
  if (!isWhole(windowMs, 1, MAX_MS)) throw new RangeError(`windowMs is a whole number from 1, not ${windowMs}`);
  if (!isWhole(cost, 1, limit))
    throw new RangeError(`cost is a whole number from 1 to the limit ${limit}, not ${cost}`);
  return { limit, windowMs, cost };
}
