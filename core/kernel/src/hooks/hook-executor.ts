import type { CallContext } from '@parley/contracts';
import type { Step } from './registered-tap.ts';

/**
 * Runs the steps of a hook together. Two stand behind it: tapable, which compiles each hook to straight code, and plain
 * loops, for pages whose content security policy forbids compiling.
 */
export interface HookExecutor {
  /** One after the other; the first error ends it. */
  series(steps: readonly Step[]): (value: unknown, call: CallContext) => Promise<unknown>;
  /** Each answer but `undefined` is the next one's value; gives the last value. */
  waterfall(steps: readonly Step[]): (value: unknown, call: CallContext) => Promise<unknown>;
  /** One after the other until one answers; gives that answer. */
  bail(steps: readonly Step[]): (value: unknown, call: CallContext) => Promise<unknown>;
  /** All at once; gives the answers in the order of the steps. The first error ends the wait. */
  parallel(steps: readonly Step[]): (value: unknown, call: CallContext) => Promise<readonly unknown[]>;
}
