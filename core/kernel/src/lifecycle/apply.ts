import type { PluginChange } from '../composition-api.ts';
import { invalidComposition, kernelErrors, reasonOf } from '../kernel-errors.ts';
import { findChanges } from './changes.ts';
import type { Change, Comparison } from './changes.ts';
import type { Composed } from './compose.ts';
import { describeChange } from './make-plan.ts';
import { byLevel } from './plugin-record.ts';
import type { PluginRecord } from './plugin-record.ts';
import { adoptRegistry, forkRegistry } from './registry.ts';
import { waitReason } from './run-composition.ts';
import { endLife } from './end-life.ts';
import { enterState, findLack, launch, startPlugin } from './start-plugin.ts';
import type { Lifecycle, Stage } from './start-plugin.ts';

/** One change of what runs, from start to switch. */
interface Transition {
  readonly lifecycle: Lifecycle;
  readonly next: Composed;
  readonly changes: readonly Change[];
  /** Lives that end with it. */
  readonly leaving: readonly PluginRecord[];
  /** New lives that have started. */
  readonly arrived: PluginRecord[];
  /** It happens whatever becomes of single plugins. */
  readonly isForced: boolean;
}

/** A draft of what everybody will see: as it is now, without those who leave, in the new order. */
function draft({ lifecycle, next, leaving }: Transition) {
  const registry = forkRegistry(lifecycle.registry, next);
  for (const { generation } of leaving) generation?.withdraw(registry);
  return registry;
}

/** Stops at once, without a successor yet, what can not overlap with it. Who uses it has a moment to finish. */
async function stopRestarts({ lifecycle, changes }: Transition): Promise<void> {
  const { registry, restartTimeoutMs } = lifecycle;
  const stopping = changes.flatMap(({ action, before }) => (action === 'restart' && before ? [before] : []));
  for (const { generation } of stopping) generation?.withdraw(registry);
  await Promise.all(stopping.map((record) => endLife(lifecycle, record, restartTimeoutMs)));
}

/**
 * Starts one plugin on the stage. Where it was neither asked for nor up before, it may fail or wait as at the first start.
 * @throws KERNEL_APPLY_FAILED
 */
async function arrive(transition: Transition, stage: Stage, { id, isAsked, before, after }: Change): Promise<void> {
  if (after === undefined) return;
  const { lifecycle, next, arrived, leaving, isForced } = transition;
  const wasUp = before !== undefined && leaving.includes(before);
  if (after.quarantine !== undefined) return enterState(lifecycle, after, 'quarantined', after.quarantine.reason);
  const lack = findLack(stage.registry, after);
  if (lack !== undefined) {
    enterState(lifecycle, after, 'waiting', waitReason(lack, next, after));
    if (wasUp && !isForced) throw kernelErrors.APPLY_FAILED({ plugin: id, reason: after.reason });
    return;
  }
  try {
    await launch(lifecycle, after, stage);
    arrived.push(after);
  } catch (error) {
    if (before !== undefined && !wasUp) enterState(lifecycle, before, after.state, after.reason);
    if ((isAsked || wasUp) && !isForced)
      throw kernelErrors.APPLY_FAILED({ plugin: id, reason: reasonOf(error) }, error);
  }
}

/** Starts all new lives, level after level; each meets those below it as they will be. */
async function startArrivals(transition: Transition): Promise<void> {
  const stage: Stage = { registry: draft(transition), composed: transition.next };
  const changeOf = new Map(transition.changes.map((change) => [change.after, change]));
  for (const level of byLevel(transition.changes.flatMap(({ after }) => after ?? []))) {
    const results = await Promise.allSettled(
      level.flatMap((record) => {
        const change = changeOf.get(record);
        return change === undefined ? [] : [arrive(transition, stage, change)];
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

/** The one moment in which everything changes for everybody; nothing in it waits. */
function switchOver(transition: Transition): void {
  const { lifecycle, next, leaving, arrived } = transition;
  const registry = draft(transition);
  for (const { generation } of arrived) generation?.publish(registry);
  const kept = new Map(lifecycle.current.records.map((record) => [record.manifest.id, record]));
  const changed = new Set(transition.changes.map(({ after }) => after));
  const records = next.records.map((record) => {
    const old = changed.has(record) ? undefined : kept.get(record.manifest.id);
    if (old === undefined) return record;
    old.position = record.position;
    old.level = record.level;
    return old;
  });
  lifecycle.current = { ...next, records };
  for (const record of arrived) {
    record.state = 'ready';
    record.generation?.serve(lifecycle.registry);
  }
  adoptRegistry(lifecycle.registry, registry);
  lifecycle.changed();
  for (const record of leaving) {
    const isTrouble = records.some((each) => each.manifest.id === record.manifest.id && each.quarantine !== undefined);
    void endLife(lifecycle, record, isTrouble ? lifecycle.restartTimeoutMs : lifecycle.drainTimeoutMs);
  }
}

/** Undoes what has started, and starts again what had to stop first. */
async function goBack({ lifecycle, changes, arrived }: Transition): Promise<void> {
  for (const level of byLevel(arrived).toReversed()) {
    await Promise.all(level.map((record) => endLife(lifecycle, record, 0)));
  }
  const stopped = changes.flatMap(({ action, before }) => (action === 'restart' && before ? [before] : []));
  for (const level of byLevel(stopped)) await Promise.all(level.map((record) => startPlugin(lifecycle, record)));
}

/**
 * Makes `next` what runs. Shape: what was changed, as it was at the switch.
 * @throws KERNEL_INVALID with every problem, KERNEL_APPLY_FAILED naming the plugin that did not start; then all is as it was
 */
export async function applyComposed(lifecycle: Lifecycle, comparison: Comparison): Promise<readonly PluginChange[]> {
  const { next, isForced = false } = comparison;
  if (next.problems.length > 0) throw invalidComposition(next.problems.map(({ text }) => text));
  const changes = findChanges(comparison);
  const leaving = changes.flatMap(({ before }) => (before?.generation === undefined ? [] : [before]));
  const transition: Transition = { lifecycle, next, changes, leaving, arrived: [], isForced };
  try {
    await stopRestarts(transition);
    await startArrivals(transition);
    switchOver(transition);
    return changes.map(describeChange);
  } catch (error) {
    await goBack(transition);
    throw error;
  }
}
