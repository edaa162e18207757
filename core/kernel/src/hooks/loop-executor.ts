import type { HookExecutor } from './hook-executor.ts';

/** Hooks run by plain loops; compiles nothing, so it also runs where `new Function` is forbidden. */
export const loopExecutor: HookExecutor = {
  series: (steps) => async (value, call) => {
    for (const step of steps) await step(value, call);
  },
  waterfall: (steps) => async (value, call) => {
    let current = value;
    for (const step of steps) {
      const next = await step(current, call);
      if (next !== undefined) current = next;
    }
    return current;
  },
  bail: (steps) => async (value, call) => {
    for (const step of steps) {
      const answer = await step(value, call);
      if (answer !== undefined) return answer;
    }
    return undefined;
  },
  parallel: (steps) => (value, call) => Promise.all(steps.map((step) => step(value, call))),
};
