import type { RegisteredTap } from './registered-tap.ts';

/**
 * `run` with the plugins of all its taps kept alive until it is through: a run in flight goes on with the taps it began
 * with, even while their plugins are being replaced.
 */
export function heldRun<A extends readonly unknown[], T>(
  taps: readonly RegisteredTap[],
  run: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  const uses = taps.flatMap((tap) => tap.uses ?? []);
  if (uses.length === 0) return run;
  return async (...args) => {
    for (const use of uses) use.add();
    try {
      return await run(...args);
    } finally {
      for (const use of uses) use.remove();
    }
  };
}
