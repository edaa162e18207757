import type { AppError } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import type { FailurePolicy } from './failure-policy.ts';

/** `closed` lets calls through, `open` none, `probing` waits for the one that may show that all is well again. */
export type BreakerState = 'closed' | 'open' | 'probing';

/** Where a breaker sits: between one plugin and one hook, or before one implementation of a capability. */
export interface BreakerPoint {
  readonly pluginId: string;
  readonly hook?: string;
  readonly capability?: string;
  readonly key?: string;
}

/** What a breaker works with. */
export interface BreakerDeps {
  readonly point: BreakerPoint;
  readonly policy: FailurePolicy;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of each change of the state, once. */
  readonly changed: (breaker: Breaker, before: BreakerState) => void;
}

/** The latest moments something happened, as many as decide. */
class Recent {
  readonly #moments: number[] = [];
  readonly #limit: number;
  readonly #windowMs: number;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Notes one; gives whether as many as the limit fell into the window. */
  note(nowMs: number): boolean {
    this.#moments.push(nowMs);
    if (this.#moments.length > this.#limit) this.#moments.shift();
    const [first] = this.#moments;
    return this.#moments.length === this.#limit && first !== undefined && nowMs - first <= this.#windowMs;
  }

  clear(): void {
    this.#moments.length = 0;
  }
}

/**
 * Keeps a plugin that fails from being called, so that its trouble stays its own. It opens after several failures, lets
 * one call through after a while, and closes when that one succeeds. A breaker that is closed costs one comparison.
 */
export class Breaker {
  readonly point: BreakerPoint;
  readonly #deps: BreakerDeps;
  readonly #failures: Recent;
  readonly #timeouts: Recent;
  readonly #trips: Recent;
  #state: BreakerState = 'closed';
  #sinceMs = 0;
  #tripCount = 0;
  #isWornOut = false;
  #reason: string | undefined;

  constructor(deps: BreakerDeps) {
    const { point, policy } = deps;
    this.point = point;
    this.#deps = deps;
    this.#failures = new Recent(policy.failures, policy.windowMs);
    this.#timeouts = new Recent(policy.timeouts, policy.windowMs);
    this.#trips = new Recent(policy.trips, policy.tripWindowMs);
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** When it came to its state. Units: milliseconds since 1970; 0 before the first change. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** How often it has opened. */
  get trips(): number {
    return this.#tripCount;
  }

  /** Whether it opened so often that its plugin is better left alone. */
  get isWornOut(): boolean {
    return this.#isWornOut;
  }

  /** Why it last opened, in words for an operator. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Whether a call may be made now; when it is time for it, as the one that shows whether all is well again. */
  enter(): boolean {
    if (this.#state === 'closed') return true;
    const nowMs = this.#deps.now();
    // A call that never ends must not keep others from being the probe.
    if (nowMs - this.#sinceMs < this.#deps.policy.probeAfterMs) return false;
    this.#become('probing', nowMs);
    return true;
  }

  /** A call has succeeded. */
  pass(): void {
    if (this.#state !== 'probing') return;
    this.#failures.clear();
    this.#timeouts.clear();
    this.#become('closed', this.#deps.now());
  }

  /** A call has failed. */
  fail(isTimeout: boolean): void {
    if (this.#state === 'open') return;
    const nowMs = this.#deps.now();
    if (this.#state === 'probing') return this.#become('open', nowMs);
    const isFailing = this.#failures.note(nowMs);
    const isLate = isTimeout && this.#timeouts.note(nowMs);
    if (!isFailing && !isLate) return;
    const { policy } = this.#deps;
    const what = isLate ? `${policy.timeouts} time-outs` : `${policy.failures} failures`;
    this.#reason = `${what} within ${policy.windowMs / 1_000} s in ${this.name}`;
    this.#tripCount += 1;
    this.#isWornOut = this.#trips.note(nowMs);
    this.#become('open', nowMs);
  }

  /** As errors, reasons and logs name it: `hook chat.prompt`, `capability cache`. */
  get name(): string {
    const { hook, capability } = this.point;
    return hook === undefined ? `capability ${capability}` : `hook ${hook}`;
  }

  /** Why a call is refused. */
  error(): AppError {
    const leftMs = Math.max(0, this.#sinceMs + this.#deps.policy.probeAfterMs - this.#deps.now());
    const { pluginId: plugin } = this.point;
    const details = { plugin, breaker: this.name, reason: this.#reason, seconds: Math.ceil(leftMs / 1_000) };
    return kernelErrors.BREAKER_OPEN(details);
  }

  #become(state: BreakerState, nowMs: number): void {
    const before = this.#state;
    this.#state = state;
    this.#sinceMs = nowMs;
    if (before !== state) this.#deps.changed(this, before);
  }
}
