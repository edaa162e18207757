import { kernelErrors } from '../kernel-errors.ts';
import type { RegisteredTap } from './registered-tap.ts';

const PHASES = { early: 0, normal: 1, late: 2 } as const;

/** What decides on the order of taps beside the taps themselves. */
export interface Arrangement {
  /** The operator's order by hook id; see `Composition.order`. */
  readonly order?: Readonly<Record<string, readonly string[]>>;
  /** Places of the plugins in the composition, where they are not those the taps came with. */
  readonly positions?: ReadonlyMap<string, number>;
}

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

/** The rank of a tap in the operator's order; all that are not named share that of `*`. */
function rankOf(tap: RegisteredTap, wanted: readonly string[]): number {
  const rest = wanted.indexOf('*');
  const index = wanted.findIndex((name) => tap.names.includes(name));
  if (index >= 0) return index;
  return rest < 0 ? wanted.length : rest;
}

/**
 * The taps of one hook in the order they run: the operator's order first of all, then `before` and `after`, then the
 * phase, then the place of the plugin in the composition.
 * @throws KERNEL_HOOK_CYCLE with the path
 */
export function orderTaps(
  hookId: string,
  taps: readonly RegisteredTap[],
  { order = {}, positions }: Arrangement = {},
): readonly RegisteredTap[] {
  const placeOf = (tap: RegisteredTap) => positions?.get(tap.pluginId) ?? tap.position;
  const waiting = taps.toSorted(
    (left, right) => PHASES[phaseOf(left)] - PHASES[phaseOf(right)] || placeOf(left) - placeOf(right),
  );
  const ordered: RegisteredTap[] = [];
  while (waiting.length > 0) {
    const index = waiting.findIndex((tap) => !waiting.some((other) => runsBefore(other, tap)));
    if (index < 0) throw kernelErrors.HOOK_CYCLE({ hook: hookId, path: cyclePath(waiting) });
    ordered.push(...waiting.splice(index, 1));
  }
  const wanted = order[hookId];
  if (wanted === undefined) return ordered;
  return ordered.toSorted((left, right) => rankOf(left, wanted) - rankOf(right, wanted));
}

/** Why a tap stands where it stands, in words for an operator. */
export function orderReason(tap: RegisteredTap, wanted?: readonly string[]): string {
  if (wanted?.some((name) => tap.names.includes(name))) return `the operator's order: ${wanted.join(', ')}`;
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
