import { isAppError } from '@parley/contracts';
import type { AppError } from '@parley/contracts';
import type { Breaker } from '../breaker/breaker.ts';
import { kernelErrors } from '../kernel-errors.ts';
import { CallStats } from './call-stats.ts';

const TIMEOUT_CODES: ReadonlySet<string> = new Set([
  kernelErrors.HOOK_TIMEOUT.code,
  kernelErrors.CAPABILITY_TIMEOUT.code,
]);
/** Which breaker an error was charged to, so that nobody it passes through on its way is charged again. */
const charged = new WeakMap<Error, Breaker>();
const MAX_CAUSES = 5;

/** Whether an error, or one that it wraps, is to the account of somebody else. */
function isOfAnother(error: unknown, breaker: Breaker): boolean {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth += 1) {
    if (isAppError(current, kernelErrors.BREAKER_OPEN.code)) return true;
    const owner = charged.get(current);
    if (owner !== undefined) return owner !== breaker;
    current = current.cause;
  }
  return false;
}

/**
 * Whether an error means that something went wrong. An application error below 500 is an answer, such as "not found",
 * and one who has left is told nothing.
 */
export const isFailure = (error: unknown): boolean =>
  !(isAppError(error) && error.status < 500) && !(error instanceof Error && error.name === 'AbortError');

/**
 * Whether the kernel says so. Any other application error is the plugin's own word: that its provider is down or its disk
 * is full says nothing against the plugin, and a breaker would keep it from seeing that all is well again.
 */
const isOfKernel = ({ code }: AppError): boolean => code.startsWith('KERNEL_');

/** Observes the calls of one tap, method or operation: counts, times, and charges its breaker. */
export class Meter {
  readonly stats = new CallStats();
  readonly breaker: Breaker | undefined;

  constructor(breaker?: Breaker) {
    this.breaker = breaker;
  }

  /** Whether a call may be made now. */
  enter(): boolean {
    return this.breaker === undefined || this.breaker.enter();
  }

  /** Why a call may not be made; the caller has asked with `enter`. */
  refusal(): AppError {
    return this.breaker?.error() ?? kernelErrors.BREAKER_OPEN();
  }

  /** A call begins. Units: milliseconds, for `pass` and `fail`; who has just read the clock gives what it read. */
  start(nowMs: number = performance.now()): number {
    this.stats.calls += 1;
    return nowMs;
  }

  pass(startedMs: number, nowMs: number = performance.now()): void {
    this.leave(startedMs, nowMs);
    this.answered();
  }

  /** A call that is timed elsewhere has succeeded. */
  answered(): void {
    this.breaker?.pass();
  }

  /** A call ended in a way that says nothing about the plugin. */
  leave(startedMs: number, nowMs: number = performance.now()): void {
    this.stats.time(nowMs - startedMs);
  }

  fail(startedMs: number, error: unknown, nowMs: number = performance.now()): void {
    this.leave(startedMs, nowMs);
    this.charge(error);
  }

  /** Counts an error of a call that is timed elsewhere. */
  charge(error: unknown): void {
    if (!isFailure(error)) return this.answered();
    const isTimeout = isAppError(error) && TIMEOUT_CODES.has(error.code);
    this.stats.fail(error, isTimeout);
    if (isAppError(error) && !isTimeout && !isOfKernel(error)) return this.answered();
    if (this.breaker === undefined || isOfAnother(error, this.breaker)) return;
    if (error instanceof Error) charged.set(error, this.breaker);
    this.breaker.fail(isTimeout);
  }
}
