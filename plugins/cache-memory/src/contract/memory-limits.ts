import type { Taken, TakeLimit } from '@parley/contracts';
import { checkLimit } from './check-arguments.ts';
import { putLast } from './memory-values.ts';

/**
 * How many pieces a window has. What is taken within one piece, counted from its first take, comes back together, a window
 * after its last one; so that a limit costs a bounded amount of memory, however large it is.
 */
export const WINDOW_PIECES = 16;

/** What was taken within one piece of the window. */
export interface TakenPiece {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
}

const sum = (pieces: readonly TakenPiece[]): number => pieces.reduce((total, { count }) => total + count, 0);

/** `pieces`, the oldest first, with one more take. */
function withTake(pieces: readonly TakenPiece[], { windowMs, cost }: Required<TakeLimit>, now: number) {
  const newest = pieces.at(-1);
  if (newest === undefined || now - newest.firstAt >= windowMs / WINDOW_PIECES)
    return [...pieces, { firstAt: now, lastAt: now, count: cost }];
  return [...pieces.slice(0, -1), { firstAt: newest.firstAt, lastAt: now, count: newest.count + cost }];
}

/** The wait until `needed` more have come back. */
function waitFor(pieces: readonly TakenPiece[], needed: number, { windowMs }: TakeLimit, now: number): number {
  let open = needed;
  for (const { lastAt, count } of pieces) {
    if (open <= 0) break;
    open -= count;
    if (open <= 0) return Math.ceil(lastAt + windowMs - now);
  }
  return 0;
}

/** Limits in this process: at most `maxEntries` keys are known, then those not used for longest are forgotten. */
export function createMemoryLimits(deps: {
  readonly takenByKey: Map<string, readonly TakenPiece[]>;
  readonly maxEntries: number;
  readonly elapsed: () => number;
}) {
  const { takenByKey, maxEntries, elapsed } = deps;
  return {
    take(key: string, wanted: TakeLimit): Taken {
      const take = checkLimit(wanted);
      const now = elapsed();
      const before = (takenByKey.get(key) ?? []).filter(({ lastAt }) => lastAt + take.windowMs > now);
      const allowed = sum(before) + take.cost <= take.limit;
      const pieces = allowed ? withTake(before, take, now) : before;
      putLast(takenByKey, key, pieces, maxEntries);
      const left = take.limit - sum(pieces);
      return { allowed, remaining: Math.max(0, left), resetMs: waitFor(pieces, take.cost - left, take, now) };
    },
  };
}
