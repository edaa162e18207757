import { kernelErrors } from '../kernel-errors.ts';
import type { RegisteredTap } from './registered-tap.ts';

const PHASES = { early: 0, normal: 1, late: 2 } as const;

/** The phase a tap asked for. */
export const phaseOf = (tap: RegisteredTap): keyof typeof PHASES => tap.order.phase ?? 'normal';

const names = (wanted: readonly string[] | undefined, tap: RegisteredTap): boolean =>
  wanted !== undefined && tap.names.some((name) => wanted.includes(name));

const runsBefore = (first: RegisteredTap, second: RegisteredTap): boolean =>
  first.pluginId !== second.pluginId && (names(first.order.before, second) || names(second.order.after, first));

const cyclePath = (taps: readonly RegisteredTap[]): string => {
  const path: RegisteredTap[] = [];
  let tap = taps[0];
  while (tap !== undefined && !path.includes(tap)) {
    path.unshift(tap);
    const later: RegisteredTap = tap;
    tap = taps.find((other) => runsBefore(other, later));
  }
  const loop = tap === undefined ? path : [tap, ...path.slice(0, path.indexOf(tap) + 1)];
  return loop.map((each) => each.pluginId).join(' -> ');
};

/**
 * The taps of one hook in the order they run: `before` and `after` first of all, then the phase, then the place of the
 * plugin in the composition.
 * @throws KERNEL_HOOK_CYCLE with the path
 */
export function orderTaps(hookId: string, taps: readonly RegisteredTap[]): readonly RegisteredTap[] {
  const waiting = taps.toSorted(
    (left, right) => PHASES[phaseOf(left)] - PHASES[phaseOf(right)] || left.position - right.position,
  );
  const ordered: RegisteredTap[] = [];
  while (waiting.length > 0) {
    const index = waiting.findIndex((tap) => !waiting.some((other) => runsBefore(other, tap)));
    if (index < 0) throw kernelErrors.HOOK_CYCLE({ hook: hookId, path: cyclePath(waiting) });
    ordered.push(...waiting.splice(index, 1));
  }
  return ordered;
}

/** Why a tap stands where it stands, in words for an operator. */
export function orderReason(tap: RegisteredTap): string {
  const { before = [], after = [], phase } = tap.order;
  const reasons = [
    ...(phase === undefined ? [] : [`phase ${phase}`]),
    ...(before.length === 0 ? [] : [`before ${before.join(', ')}`]),
    ...(after.length === 0 ? [] : [`after ${after.join(', ')}`]),
  ];
  return reasons.length === 0 ? 'order of the composition' : reasons.join('; ');
}

/** Names in `before` and `after` that no plugin of the composition has. */
export function unknownNames(tap: RegisteredTap, known: ReadonlySet<string>): readonly string[] {
  return [...(tap.order.before ?? []), ...(tap.order.after ?? [])].filter((name) => !known.has(name));
}
