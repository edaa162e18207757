import type { AnyCapability } from '@parley/contracts';
import { invalidComposition, kernelErrors } from '../kernel-errors.ts';
import type { Composed } from './compose.ts';
import { byLevel, isServing } from './plugin-record.ts';
import type { PluginRecord } from './plugin-record.ts';
import { allDrained, endLife } from './end-life.ts';
import { enterState, findLack, startPlugin } from './start-plugin.ts';
import type { Lifecycle } from './start-plugin.ts';

/** Tells of each plugin whether it may start. @throws KERNEL_INVALID with every problem of every plugin */
export function checkComposition(lifecycle: Lifecycle, { records, problems }: Composed): void {
  for (const record of records) {
    const own = problems.filter(({ pluginId }) => pluginId === record.manifest.id).map(({ text }) => text);
    if (own.length === 0) enterState(lifecycle, record, 'resolved');
    else enterState(lifecycle, record, 'invalid', own.join('; '));
  }
  if (problems.length > 0) throw invalidComposition(problems.map(({ text }) => text));
}

/** Why a capability is not there: `waits for storage-driver: storage-sqlite is failed`. */
export function waitReason({ id: capability }: AnyCapability, composed: Composed, record: PluginRecord): string {
  const needs = composed.resolution.needs.get(record.manifest.id) ?? [];
  const providers = new Set(needs.find((need) => need.capability === capability)?.providers);
  const states = composed.records
    .filter(({ manifest }) => providers.has(manifest.id))
    .map(({ manifest, state }) => `${manifest.id} is ${state}${state === 'ready' ? ' and provides none' : ''}`);
  return `waits for ${capability}: ${states.join(', ')}`;
}

async function startOne(lifecycle: Lifecycle, record: PluginRecord): Promise<void> {
  if (record.quarantine !== undefined) return enterState(lifecycle, record, 'quarantined', record.quarantine.reason);
  const lack = findLack(lifecycle.registry, record);
  if (lack === undefined) await startPlugin(lifecycle, record);
  else enterState(lifecycle, record, 'waiting', waitReason(lack, lifecycle.current, record));
}

/**
 * Starts level after level, the plugins of one level at the same time. Where a plugin fails, those that need it wait.
 * @throws KERNEL_CRITICAL_FAILED after undoing everything, when a critical plugin does not come up
 */
export async function startAll(lifecycle: Lifecycle, isStopping: () => boolean): Promise<void> {
  for (const level of byLevel(lifecycle.current.records)) {
    if (isStopping()) return;
    await Promise.all(level.map((record) => startOne(lifecycle, record)));
    const broken = level.find((record) => record.manifest.critical && !isServing(record));
    if (broken === undefined) continue;
    const { reason } = broken;
    await stopAll(lifecycle);
    throw kernelErrors.CRITICAL_FAILED({ plugin: broken.manifest.id, reason });
  }
}

/**
 * Stops what drains, then level after level, the highest first. Nobody is waited for any more. Shape: what could not be
 * undone, by plugin and label.
 */
export async function stopAll(lifecycle: Lifecycle): Promise<readonly string[]> {
  for (const { generation } of lifecycle.draining.keys()) generation?.hurry();
  const leftovers = [...(await allDrained(lifecycle))];
  for (const level of byLevel(lifecycle.current.records).toReversed()) {
    for (const { generation } of level) generation?.withdraw(lifecycle.registry);
    const left = await Promise.all(level.map((record) => endLife(lifecycle, record, 0)));
    leftovers.push(...left.flat());
  }
  return leftovers;
}
