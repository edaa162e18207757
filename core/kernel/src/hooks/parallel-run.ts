import type { CallContext } from '@parley/contracts';
import { hold, release } from './uses.ts';
import { PENDING, TapCall } from './tap-call.ts';
import type { HookPlan, Step } from './tap-call.ts';

/** What a call gives, made of the answers of its taps in their order; `undefined` for a tap that gave none. */
export type Summary = (answers: readonly unknown[]) => unknown;

/** What the taps of one call share: where they put their answers, and who waits for them. */
class Gathering {
  readonly #plan: HookPlan;
  readonly #answers: unknown[];
  readonly #summary: Summary;
  readonly #outcome = Promise.withResolvers<unknown>();
  #left: number;
  #isHeld = true;

  constructor(plan: HookPlan, summary: Summary) {
    this.#plan = plan;
    this.#answers = Array.from({ length: plan.steps.length });
    this.#summary = summary;
    this.#left = plan.steps.length;
    hold(plan.uses);
  }

  get promise(): Promise<unknown> {
    return this.#outcome.promise;
  }

  put(place: number, answer: unknown): void {
    this.#answers[place] = answer;
    this.#left -= 1;
    if (this.#left > 0) return;
    this.#release();
    this.#outcome.resolve(this.#summary(this.#answers));
  }

  /** The first error ends the wait. */
  fail(error: unknown): void {
    this.#release();
    this.#outcome.reject(error);
  }

  #release(): void {
    if (this.#isHeld) release(this.#plan.uses);
    this.#isHeld = false;
  }
}

/** One tap of a call whose taps all run at once. */
class ParallelTap extends TapCall {
  readonly #gathering: Gathering;
  readonly #place: number;

  constructor(plan: HookPlan, call: CallContext, gathering: Gathering, place: number) {
    super(plan, call);
    this.#gathering = gathering;
    this.#place = place;
  }

  begin(step: Step, value: unknown): void {
    try {
      const answer = this.start(step, value);
      if (answer !== PENDING) this.#gathering.put(this.#place, answer);
    } catch (error) {
      this.#gathering.fail(error);
    }
  }

  protected override resume(outcome: unknown, hasFailed: boolean): void {
    this.leave();
    try {
      this.#gathering.put(this.#place, this.close(outcome, hasFailed));
    } catch (error) {
      this.#gathering.fail(error);
    }
  }
}

/** Runs all taps of a hook at once and sums up what they answer; the first error ends the wait. */
export function runInParallel(plan: HookPlan, summary: Summary, value: unknown, call: CallContext): Promise<unknown> {
  const gathering = new Gathering(plan, summary);
  for (const [place, step] of plan.steps.entries()) new ParallelTap(plan, call, gathering, place).begin(step, value);
  return gathering.promise;
}
