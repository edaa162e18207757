import type { TakeLimit } from '@parley/contracts';

// A thousand years; beyond it no cache could keep a time.
const MAX_MS = 1_000 * 365 * 24 * 3_600_000;

const MAX_TEXT_LENGTH = 8 * 1024 * 1024;

/** A value or a message as it is kept: well-formed, and small enough for every cache. @throws RangeError */
export function checkText(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text.toWellFormed();
  throw new RangeError(`a text of the cache or the bus has at most ${MAX_TEXT_LENGTH} characters, not ${text.length}`);
}

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
