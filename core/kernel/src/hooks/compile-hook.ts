import type { AnyHook, CallContext, HookRunner, Verdict } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import { createAroundRunner } from './around-runner.ts';
import { callTap, matcherOf } from './call-tap.ts';
import { heldRun } from './held-run.ts';
import type { HookExecutor } from './hook-executor.ts';
import type { RegisteredTap, ReportFailure, Step } from './registered-tap.ts';
import { createStreamRunner } from './stream-runner.ts';

/** A runner of any kind; the hook's definition says which. */
export type AnyRunner = HookRunner<AnyHook>;

interface Compilation {
  readonly hook: AnyHook;
  readonly taps: readonly RegisteredTap[];
  readonly executor: HookExecutor;
  readonly report: ReportFailure;
}

type Run = (value: unknown, call: CallContext) => Promise<unknown>;

function toStep({ hook, report }: Compilation, tap: RegisteredTap, isSkipping: boolean): Step {
  const matches = matcherOf(tap);
  return async (value, call) => {
    if (matches?.(value) === false) return undefined;
    if (!tap.meter.enter()) {
      if (isSkipping) return undefined;
      throw tap.meter.refusal();
    }
    try {
      return await callTap(hook, tap, value, call);
    } catch (error) {
      if (!isSkipping) throw error;
      report({ hook, pluginId: tap.pluginId, error });
      return undefined;
    }
  };
}

const isVerdict = (answer: unknown): answer is Verdict =>
  typeof answer === 'object' && answer !== null && 'allow' in answer && typeof answer.allow === 'boolean';

function toGateStep({ hook, report }: Compilation, tap: RegisteredTap): Step {
  const matches = matcherOf(tap);
  const deny = (): Verdict => {
    const { code, message } = kernelErrors.GATE_FAILED({ plugin: tap.pluginId, hook: hook.id });
    return { allow: false, code, message };
  };
  const checked = {
    ...tap,
    run: async (value: never, call: never) => {
      const verdict: unknown = await tap.run(value, call);
      if (isVerdict(verdict)) return verdict;
      throw new TypeError(
        'The tap of a gate must return a verdict: { allow: true } or { allow: false, code, message }',
      );
    },
  };
  return async (value, call) => {
    if (matches?.(value) === false) return undefined;
    if (!tap.meter.enter()) return deny();
    try {
      return await callTap(hook, checked, value, call);
    } catch (error) {
      report({ hook, pluginId: tap.pluginId, error });
      return deny();
    }
  };
}

const ALLOWED: Verdict = { allow: true };

function compileGate(compilation: Compilation): Run {
  const ask = compilation.executor.parallel(compilation.taps.map((tap) => toGateStep(compilation, tap)));
  return async (value, call) => {
    const verdicts = (await ask(value, call)) as readonly (Verdict | undefined)[];
    return verdicts.find((verdict) => verdict?.allow === false) ?? ALLOWED;
  };
}

function compileRun(compilation: Compilation): Run {
  const { hook, taps, executor } = compilation;
  const isSkipping = hook.onError === 'skip' || hook.kind === 'notify';
  const steps = () => taps.map((tap) => toStep(compilation, tap, isSkipping));
  const nothing = async () => undefined;
  switch (hook.kind) {
    case 'series':
      return taps.length === 0 ? nothing : executor.series(steps());
    case 'waterfall':
      return taps.length === 0 ? async (value) => value : executor.waterfall(steps());
    case 'bail':
      return taps.length === 0 ? nothing : executor.bail(steps());
    case 'notify':
    case 'parallel': {
      const all = executor.parallel(steps());
      return taps.length === 0 ? nothing : async (value, call) => void (await all(value, call));
    }
    case 'collect': {
      const all = executor.parallel(steps());
      if (taps.length === 0) return async () => [];
      return async (value, call) => (await all(value, call)).filter((answer) => answer !== undefined);
    }
    case 'gate':
      return taps.length === 0 ? async () => ALLOWED : compileGate(compilation);
    default:
      throw new Error(`Hook ${hook.id} is of the unknown kind ${hook.kind}`);
  }
}

/** The runner of one hook with exactly these taps, in this order. */
export function compileHook(compilation: Compilation): AnyRunner {
  const { hook, taps, report } = compilation;
  if (hook.kind === 'around') {
    const runner = createAroundRunner(hook, taps, report);
    type Arguments = Parameters<typeof runner.run>;
    return { run: heldRun(taps, (...args: Arguments) => runner.run(...args)) } as unknown as AnyRunner;
  }
  if (hook.kind === 'stream') return createStreamRunner(hook, taps, report) as unknown as AnyRunner;
  return { run: heldRun(taps, compileRun(compilation)) } as unknown as AnyRunner;
}
