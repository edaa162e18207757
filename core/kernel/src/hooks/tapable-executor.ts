import type { CallContext } from '@parley/contracts';
import { AsyncParallelHook, AsyncSeriesBailHook, AsyncSeriesHook, AsyncSeriesWaterfallHook } from 'tapable';
import type { HookExecutor } from './hook-executor.ts';

/** Hooks compiled by tapable. A compiled hook never changes: another set of taps is another one. */
export const tapableExecutor: HookExecutor = {
  series(steps) {
    const hook = new AsyncSeriesHook<[unknown, CallContext]>(['value', 'call']);
    for (const [index, step] of steps.entries()) {
      hook.tapPromise(String(index), async (value, call) => void (await step(value, call)));
    }
    return (value, call) => hook.promise(value, call);
  },
  waterfall(steps) {
    const hook = new AsyncSeriesWaterfallHook<[unknown, CallContext], unknown>(['value', 'call']);
    for (const [index, step] of steps.entries()) hook.tapPromise(String(index), step);
    return (value, call) => hook.promise(value, call);
  },
  bail(steps) {
    const hook = new AsyncSeriesBailHook<[unknown, CallContext], unknown>(['value', 'call']);
    for (const [index, step] of steps.entries()) hook.tapPromise(String(index), step);
    return (value, call) => hook.promise(value, call);
  },
  parallel(steps) {
    const hook = new AsyncParallelHook<[unknown, CallContext, unknown[]]>(['value', 'call', 'answers']);
    for (const [index, step] of steps.entries()) {
      hook.tapPromise(String(index), async (value, call, answers) => {
        answers[index] = await step(value, call);
      });
    }
    return async (value, call) => {
      const answers: unknown[] = Array.from({ length: steps.length });
      await hook.promise(value, call, answers);
      return answers;
    };
  },
};
