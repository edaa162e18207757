import type { AnyHook, HookKind, HookRunner, Verdict } from '@parley/contracts';
import { isPromiseLike } from '../time-limit.ts';
import { SharedLimit } from '../timing/shared-limit.ts';
import { createAroundRunner } from './around-runner.ts';
import { fallbackOf } from './fallback.ts';
import { usesOf } from './uses.ts';
import { matcherOf } from './matcher.ts';
import { runInParallel } from './parallel-run.ts';
import type { Summary } from './parallel-run.ts';
import type { RegisteredTap, ReportFailure } from './registered-tap.ts';
import { SequenceRun } from './sequence-run.ts';
import { createStreamRunner } from './stream-runner.ts';
import { createTapableHook } from './tapable-hook.ts';
import type { Run } from './tapable-hook.ts';
import type { HookPlan } from './tap-call.ts';

/** A runner of any kind; the hook's definition says which. */
export type AnyRunner = HookRunner<AnyHook>;

interface Compilation {
  readonly hook: AnyHook;
  readonly taps: readonly RegisteredTap[];
  readonly report: ReportFailure;
}

const ALLOWED: Verdict = { allow: true };

function asVerdict(answer: unknown): Verdict {
  if (typeof answer === 'object' && answer !== null && 'allow' in answer && typeof answer.allow === 'boolean')
    return answer as Verdict;
  throw new TypeError('The tap of a gate must return a verdict: { allow: true } or { allow: false, code, message }');
}

/** The same tap, failing when it gives anything but a verdict. */
const judging = (tap: RegisteredTap): RegisteredTap => ({
  ...tap,
  run: (value: never, call: never) => {
    const answer = tap.run(value, call);
    return isPromiseLike(answer) ? answer.then(asVerdict) : asVerdict(answer);
  },
});

function planOf({ hook, taps, report }: Compilation): HookPlan {
  const ready = hook.kind === 'gate' ? taps.map(judging) : taps;
  return {
    hook,
    steps: ready.map((tap) => ({ tap, matches: matcherOf(tap) })),
    fallback: fallbackOf(hook, report),
    limit: new SharedLimit(hook.timeoutMs),
    uses: usesOf(taps),
  };
}

/** What a call gives, made of the verdicts or answers of taps that run at once. */
const summaries: Readonly<Partial<Record<HookKind, Summary>>> = {
  notify: () => undefined,
  parallel: () => undefined,
  collect: (answers) => answers.filter((answer) => answer !== undefined),
  gate: (verdicts) => (verdicts as readonly (Verdict | undefined)[]).find((each) => each?.allow === false) ?? ALLOWED,
};

function compileRun(compilation: Compilation): Run {
  const { hook, taps } = compilation;
  const plan = planOf(compilation);
  const summary = summaries[hook.kind];
  if (summary !== undefined) {
    if (taps.length === 0) return async () => summary([]);
    return createTapableHook(plan, (value, call) => runInParallel(plan, summary, value, call));
  }
  if (taps.length === 0) return async (value) => (hook.kind === 'waterfall' ? value : undefined);
  return createTapableHook(plan, (value, call) => SequenceRun.run(plan, value, call));
}

/** The runner of one hook with exactly these taps, in this order. */
export function compileHook(compilation: Compilation): AnyRunner {
  const { hook, taps, report } = compilation;
  if (hook.kind === 'around') return createAroundRunner(hook, taps, report) as unknown as AnyRunner;
  if (hook.kind === 'stream') return createStreamRunner(hook, taps, report) as unknown as AnyRunner;
  return { run: compileRun(compilation) } as unknown as AnyRunner;
}
