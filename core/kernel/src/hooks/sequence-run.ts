import type { CallContext } from '@parley/contracts';
import { hold, release } from './uses.ts';
import { PENDING, TapCall } from './tap-call.ts';
import type { HookPlan } from './tap-call.ts';

type Settle = (outcome: unknown) => void;

/** One call of a `series`, `waterfall` or `bail` hook: its taps one after the other. */
export class SequenceRun extends TapCall {
  readonly #resolve: Settle;
  readonly #reject: Settle;
  #value: unknown;
  #next = 0;

  private constructor(plan: HookPlan, value: unknown, call: CallContext, resolve: Settle, reject: Settle) {
    super(plan, call);
    this.#value = value;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Runs the taps. Shape: the last value of a waterfall, the answer of a bail. */
  static run(plan: HookPlan, value: unknown, call: CallContext): Promise<unknown> {
    return new Promise((resolve, reject) => {
      hold(plan.uses);
      const run = new SequenceRun(plan, value, call, resolve, reject);
      try {
        run.#advance();
      } catch (error) {
        run.#fail(error);
      }
    });
  }

  protected override resume(outcome: unknown, hasFailed: boolean): void {
    try {
      if (this.#take(this.close(outcome, hasFailed))) this.#advance();
    } catch (error) {
      this.#fail(error);
    }
  }

  #advance(): void {
    const { hook, steps } = this.plan;
    for (let step = steps[this.#next]; step !== undefined; step = steps[this.#next]) {
      this.#next += 1;
      const answer = this.start(step, this.#value);
      if (answer === PENDING || !this.#take(answer)) return;
    }
    this.#end(hook.kind === 'waterfall' ? this.#value : undefined);
  }

  /** Takes an answer; gives whether the next tap is to run. */
  #take(answer: unknown): boolean {
    const { kind } = this.plan.hook;
    if (answer === undefined || kind === 'series') return true;
    if (kind === 'bail') {
      this.#end(answer);
      return false;
    }
    this.#value = answer;
    return true;
  }

  #end(result: unknown): void {
    this.#leave();
    this.#resolve(result);
  }

  #fail(error: unknown): void {
    this.#leave();
    this.#reject(error);
  }

  #leave(): void {
    this.leave();
    release(this.plan.uses);
  }
}
