import { reasonOf } from '../kernel-errors.ts';
import { Histogram } from './histogram.ts';

const MAX_MESSAGE = 300;

/**
 * How calls of one thing went.
 * Units: milliseconds; `p50Ms` and `p95Ms` of the last thousands of calls, absent before the first.
 */
export interface CallFigures {
  readonly calls: number;
  /** Calls that failed, time-outs included; a refusal such as "not found" is an answer, not a failure. */
  readonly errors: number;
  readonly timeouts: number;
  readonly totalMs: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly lastError?: { readonly message: string; readonly atMs: number };
}

const rounded = (valueMs: number): number => Math.round(valueMs * 1_000) / 1_000;

/** Counts and times the calls of one tap, one method or one operation. */
export class CallStats {
  calls = 0;
  errors = 0;
  timeouts = 0;
  totalMs = 0;
  #spread: Histogram | undefined;
  #lastError: CallFigures['lastError'];

  time(elapsedMs: number): void {
    this.totalMs += elapsedMs;
    this.#spread ??= new Histogram();
    this.#spread.add(elapsedMs);
  }

  fail(error: unknown, isTimeout: boolean): void {
    this.errors += 1;
    if (isTimeout) this.timeouts += 1;
    this.#lastError = { message: reasonOf(error).slice(0, MAX_MESSAGE), atMs: Date.now() };
  }

  /** Adds what another one has counted. */
  absorb(other: CallStats): void {
    this.calls += other.calls;
    this.errors += other.errors;
    this.timeouts += other.timeouts;
    this.totalMs += other.totalMs;
    if (other.#spread !== undefined) (this.#spread ??= new Histogram()).absorb(other.#spread);
    const [own, theirs] = [this.#lastError, other.#lastError];
    if ((theirs?.atMs ?? 0) > (own?.atMs ?? 0)) this.#lastError = theirs;
  }

  /** As they are now. */
  figures(): CallFigures {
    const [p50, p95] = [this.#spread?.quantile(0.5), this.#spread?.quantile(0.95)];
    return {
      calls: this.calls,
      errors: this.errors,
      timeouts: this.timeouts,
      totalMs: rounded(this.totalMs),
      ...(p50 === undefined ? {} : { p50Ms: rounded(p50) }),
      ...(p95 === undefined ? {} : { p95Ms: rounded(p95) }),
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
    };
  }
}
