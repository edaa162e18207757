import type { AnyHook, CallContext, HookRunner } from '@parley/contracts';
import type { HookNode } from '../kernel-api.ts';
import { kernelErrors } from '../kernel-errors.ts';
import { compileHook } from './compile-hook.ts';
import { orderReason, orderTaps, phaseOf, unknownNames } from './order-taps.ts';
import type { Arrangement } from './order-taps.ts';
import type { RegisteredTap, ReportFailure } from './registered-tap.ts';

/** A hook with one set of taps; never changes, so that a run may keep it. */
interface HookPoint {
  readonly hook: AnyHook;
  readonly taps: readonly RegisteredTap[];
  /** Compiled when first asked for. */
  runner(): unknown;
}

interface HookState {
  readonly points: ReadonlyMap<string, HookPoint>;
  readonly arrangement: Arrangement;
}

/** All hooks as they were at one moment. */
export interface HookSnapshot {
  hook<H extends AnyHook>(hook: H): HookRunner<H>;
}

/** Every hook with its taps. */
export interface HookRegistry extends HookSnapshot {
  /** Adds a tap; returns its undo. @throws KERNEL_HOOK_CYCLE, KERNEL_HOOK_MISMATCH */
  tap(hook: AnyHook, tap: RegisteredTap): () => void;
  untap(hook: AnyHook, tap: RegisteredTap): void;
  /** A runner of the taps of some plugins alone, as they are now. */
  only<H extends AnyHook>(hook: H, pluginIds: ReadonlySet<string>): HookRunner<H>;
  /** A draft that starts from these taps, in the order of `arrangement`. @throws KERNEL_HOOK_CYCLE */
  fork(arrangement: Arrangement): HookRegistry;
  /** Takes the place a fork came to; the fork is not used afterwards. */
  adopt(fork: HookRegistry): void;
  state(): HookState;
  /** The hooks as they are now; costs nothing. */
  snapshot(): HookSnapshot;
  nodes(): readonly HookNode[];
  /** Orders that name a plugin which is not there. */
  problems(knownPlugins: ReadonlySet<string>): readonly string[];
}

/** The calls of every kind of runner, so that one live runner serves all. */
interface LooseRunner {
  run(...args: readonly unknown[]): unknown;
  open(opening: unknown, sink: unknown, call: CallContext): unknown;
}

const toNode = ({ hook, taps }: HookPoint, { order = {} }: Arrangement): HookNode => ({
  id: hook.id,
  kind: hook.kind,
  taps: taps.map((tap) => ({
    pluginId: tap.pluginId,
    phase: phaseOf(tap),
    reason: orderReason(tap, order[hook.id]),
    ...tap.meter.stats.figures(),
  })),
});

interface HookRegistryOptions {
  readonly report: ReportFailure;
}

/** An empty registry. A change builds one new point and swaps the map; calls in flight keep what they started with. */
export const createHookRegistry = (options: HookRegistryOptions): HookRegistry =>
  createRegistry(options, { points: new Map(), arrangement: {} });

function createRegistry(options: HookRegistryOptions, initial: HookState): HookRegistry {
  let { points, arrangement } = initial;

  const createPoint = (hook: AnyHook, taps: readonly RegisteredTap[]): HookPoint => {
    let compiled: unknown;
    return { hook, taps, runner: () => (compiled ??= compileHook({ hook, taps, ...options })) };
  };
  const change = (point: HookPoint) => {
    points = new Map(points).set(point.hook.id, point);
  };
  const pointOf = (hook: AnyHook): HookPoint => {
    const point = points.get(hook.id);
    if (point === undefined) {
      const created = createPoint(hook, []);
      change(created);
      return created;
    }
    if (point.hook.kind !== hook.kind) {
      throw kernelErrors.HOOK_MISMATCH({ hook: hook.id, known: point.hook.kind, used: hook.kind });
    }
    return point;
  };

  const retap = (point: HookPoint, taps: readonly RegisteredTap[]): HookPoint =>
    createPoint(point.hook, orderTaps(point.hook.id, taps, arrangement));
  const untap = (hook: AnyHook, tap: RegisteredTap) => {
    const point = pointOf(hook);
    if (point.taps.includes(tap))
      change(
        retap(
          point,
          point.taps.filter((other) => other !== tap),
        ),
      );
  };

  return {
    tap(hook, tap) {
      const point = pointOf(hook);
      change(retap(point, [...point.taps, tap]));
      return () => untap(hook, tap);
    },
    untap,
    only: <H extends AnyHook>(hook: H, pluginIds: ReadonlySet<string>) => {
      const taps = pointOf(hook).taps.filter(({ pluginId }) => pluginIds.has(pluginId));
      return createPoint(hook, taps).runner() as HookRunner<H>;
    },
    fork(wanted) {
      const arranged = [...points.values()].map((point) => {
        const ordered = orderTaps(point.hook.id, point.taps, wanted);
        const isInOrder = point.taps.every((tap, index) => tap === ordered[index]);
        return isInOrder ? point : createPoint(point.hook, ordered);
      });
      return createRegistry(options, {
        points: new Map(arranged.map((point) => [point.hook.id, point])),
        arrangement: wanted,
      });
    },
    adopt(fork) {
      ({ points, arrangement } = fork.state());
    },
    state: () => ({ points, arrangement }),
    hook<H extends AnyHook>(hook: H) {
      pointOf(hook);
      const current = () => points.get(hook.id)?.runner() as LooseRunner;
      const runner: LooseRunner = {
        run: (...args) => current().run(...args),
        open: (opening, sink, call) => current().open(opening, sink, call),
      };
      return runner as unknown as HookRunner<H>;
    },
    snapshot() {
      const frozen = points;
      return {
        hook: <H extends AnyHook>(hook: H) => (frozen.get(hook.id) ?? createPoint(hook, [])).runner() as HookRunner<H>,
      };
    },
    nodes: () => [...points.values()].map((point) => toNode(point, arrangement)),
    problems: (knownPlugins) =>
      [...points.values()].flatMap(({ hook, taps }) =>
        taps.flatMap((tap) =>
          unknownNames(tap, knownPlugins).map(
            (name) =>
              `hook ${hook.id}: plugin ${tap.pluginId} is ordered by ${name}, and this composition has no such plugin`,
          ),
        ),
      ),
  };
}
