import type { CallContext } from '@parley/contracts';
import { AsyncSeriesHook } from 'tapable';
import type { HookPlan } from './tap-call.ts';

/** Calls the taps of one hook. */
export type Run = (value: unknown, call: CallContext) => Promise<unknown>;

/**
 * The tapable hook of a plan. It holds the taps, by the names of their plugins; its `compile`, the step of tapable that makes
 * one function of them, gives `run`. tapable's own step would write code with two closures for each tap of each call, and
 * with `new Function`, which pages forbid.
 */
export function createTapableHook({ hook, steps }: HookPlan, run: Run): Run {
  const tapped = new AsyncSeriesHook<[value: unknown, call: CallContext], unknown>(['value', 'call'], hook.id);
  Object.assign(tapped, { compile: () => run });
  for (const { tap } of steps) tapped.tapPromise(tap.pluginId, tap.run as () => Promise<void>);
  return (value, call) => tapped.promise(value, call);
}
