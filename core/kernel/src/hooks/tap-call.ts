import type { AnyHook, AppError, CallContext } from '@parley/contracts';
import { isPromiseLike } from '../time-limit.ts';
import { Limited } from '../timing/shared-limit.ts';
import type { SharedLimit } from '../timing/shared-limit.ts';
import type { Uses } from './uses.ts';
import type { Matcher } from './matcher.ts';
import type { RegisteredTap } from './registered-tap.ts';
import { tapError, tapTimeout } from './tap-error.ts';
import { traceTap } from './trace-tap.ts';
import type { EndTrace } from './trace-tap.ts';

/** One tap of a compiled hook. */
export interface Step {
  readonly tap: RegisteredTap;
  readonly matches: Matcher | undefined;
}

/** What stands in the place of an answer that a tap does not give. @throws where the hook's call is to fail instead */
export interface Fallback {
  /** The tap's breaker is open. */
  refused(tap: RegisteredTap): unknown;
  /** It threw or took too long. */
  failed(tap: RegisteredTap, error: AppError): unknown;
}

/** What all calls of a compiled hook share. */
export interface HookPlan {
  readonly hook: AnyHook;
  readonly steps: readonly Step[];
  readonly fallback: Fallback;
  readonly limit: SharedLimit;
  readonly uses: Uses;
}

/** What `start` gives while the tap has not answered. */
export const PENDING: unique symbol = Symbol('pending');

interface Listeners {
  readonly onAnswer: (answer: unknown) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Runs taps, one at a time: counted, timed, within the hook's limit, refused where their breaker is open. No promise of
 * its own and no closure per tap: a call of ten taps costs little more than the ten promises they give.
 */
export abstract class TapCall extends Limited {
  protected readonly plan: HookPlan;
  readonly #call: CallContext;
  #tap: RegisteredTap | undefined;
  #listeners: Listeners | undefined;
  #isLimited = false;
  #endTrace: EndTrace | undefined;

  constructor(plan: HookPlan, call: CallContext) {
    super(performance.now());
    this.plan = plan;
    this.#call = call;
  }

  /** The pending tap has answered, failed or run out of time: the place to `close` it and go on. Throws nothing. */
  protected abstract resume(outcome: unknown, hasFailed: boolean): void;

  /** Calls a tap. Shape: its answer, what stands in its place, or `PENDING`. @throws as the hook's fallback does */
  protected start({ tap, matches }: Step, value: unknown): unknown {
    if (matches !== undefined && !matches(value)) return undefined;
    if (!tap.meter.enter()) return this.plan.fallback.refused(tap);
    this.#tap = tap;
    tap.meter.start(this.startedMs);
    const { trace } = this.#call;
    if (trace !== undefined) this.#endTrace = traceTap(this.plan.hook, tap, value, trace);
    let answer: unknown;
    try {
      answer = (tap.run as (value: unknown, call: CallContext) => unknown)(value, this.#call);
      // A thenable of somebody's own making may call back at once, or twice; a promise does not.
      if (answer instanceof Promise) return this.#wait(answer);
      if (isPromiseLike(answer)) return this.#wait(Promise.resolve(answer));
    } catch (error) {
      return this.close(error, true);
    }
    return this.close(answer, false);
  }

  /** Books how a tap ended; the next one begins at that moment. @throws as the hook's fallback does */
  protected close(outcome: unknown, hasFailed: boolean): unknown {
    const tap = this.#tap as RegisteredTap;
    const { startedMs, plan } = this;
    const nowMs = performance.now();
    this.startedMs = nowMs;
    if (!hasFailed) {
      tap.meter.pass(startedMs, nowMs);
      if (this.#endTrace !== undefined) this.#endTrace(outcome, false);
      return outcome;
    }
    if (this.#call.signal.aborted) tap.meter.leave(startedMs, nowMs);
    else tap.meter.fail(startedMs, outcome, nowMs);
    const error = tapError(plan.hook, tap, outcome);
    this.#endTrace?.(error, true);
    return plan.fallback.failed(tap, error);
  }

  /** No tap is called any more. */
  protected leave(): void {
    if (this.#isLimited) this.plan.limit.remove(this);
  }

  override expire(elapsedMs: number): void {
    // What the tap says from now on is heard by nobody.
    this.#listeners = undefined;
    this.resume(tapTimeout(this.plan.hook, this.#tap as RegisteredTap, elapsedMs), true);
  }

  #wait(answer: Promise<unknown>): typeof PENDING {
    if (!this.#isLimited) {
      this.#isLimited = true;
      this.plan.limit.add(this);
    }
    this.#listeners ??= this.#createListeners();
    answer.then(this.#listeners.onAnswer, this.#listeners.onError);
    return PENDING;
  }

  #createListeners(): Listeners {
    const listeners: Listeners = {
      onAnswer: (answer) => {
        if (this.#listeners === listeners) this.resume(answer, false);
      },
      onError: (error) => {
        if (this.#listeners === listeners) this.resume(error, true);
      },
    };
    return listeners;
  }
}
