import type { AnyCapability } from '@parley/contracts';
import { parseSettings } from '../config/parse-settings.ts';
import type { ConfigSource } from '../kernel-api.ts';
import { invalidComposition, kernelErrors } from '../kernel-errors.ts';
import type { Problem, Resolution } from '../manifest/resolve.ts';
import type { PluginRecord } from './plugin-record.ts';
import { isServing } from './plugin-record.ts';
import { enterState, findLack, startPlugin, stopPlugin } from './start-plugin.ts';
import type { Lifecycle } from './start-plugin.ts';

/** The plugins of a kernel and how they fit together. */
export interface Composition {
  readonly records: readonly PluginRecord[];
  readonly resolution: Resolution;
}

/** Records by start level, the lowest first. */
function byLevel(records: readonly PluginRecord[]): readonly (readonly PluginRecord[])[] {
  const levels = Map.groupBy(records, ({ level }) => level);
  return [...levels.keys()].toSorted((left, right) => left - right).map((level) => levels.get(level) ?? []);
}

/**
 * Checks everything that can be checked before any code of a plugin runs.
 * @throws KERNEL_INVALID with every problem of every plugin
 */
export function checkComposition(
  lifecycle: Lifecycle,
  { records, resolution }: Composition,
  source: ConfigSource | undefined,
): void {
  const problems: Problem[] = [...resolution.problems];
  for (const record of records) {
    const parsed = parseSettings(record.use, record.manifest, source);
    record.settings = parsed.settings;
    record.level = resolution.levels.get(record.manifest.id) ?? 0;
    problems.push(...parsed.problems);
  }
  for (const record of records) {
    const own = problems.filter(({ pluginId }) => pluginId === record.manifest.id).map(({ text }) => text);
    if (own.length === 0) enterState(lifecycle, record, 'resolved');
    else enterState(lifecycle, record, 'invalid', own.join('; '));
  }
  if (problems.length > 0) throw invalidComposition(problems.map(({ text }) => text));
}

/** Why a capability is not there: `waits for storage-driver: storage-sqlite is failed`. */
function waitReason({ id: capability }: AnyCapability, composition: Composition, record: PluginRecord): string {
  const needs = composition.resolution.needs.get(record.manifest.id) ?? [];
  const providers = new Set(needs.find((need) => need.capability === capability)?.providers);
  const states = composition.records
    .filter(({ manifest }) => providers.has(manifest.id))
    .map(({ manifest, state }) => `${manifest.id} is ${state}${state === 'ready' ? ' and provides none' : ''}`);
  return `waits for ${capability}: ${states.join(', ')}`;
}

async function startOne(lifecycle: Lifecycle, composition: Composition, record: PluginRecord): Promise<void> {
  const lack = findLack(lifecycle, record);
  if (lack === undefined) await startPlugin(lifecycle, record);
  else enterState(lifecycle, record, 'waiting', waitReason(lack, composition, record));
}

/**
 * Starts level after level, the plugins of one level at the same time. Where a plugin fails, those that need it wait.
 * @throws KERNEL_CRITICAL_FAILED after undoing everything, when a critical plugin does not come up
 */
export async function startAll(
  lifecycle: Lifecycle,
  composition: Composition,
  isStopping: () => boolean,
): Promise<void> {
  const { records } = composition;
  for (const level of byLevel(records)) {
    if (isStopping()) return;
    await Promise.all(level.map((record) => startOne(lifecycle, composition, record)));
    const broken = level.find((record) => record.manifest.critical && !isServing(record));
    if (broken === undefined) continue;
    await stopAll(lifecycle, records);
    throw kernelErrors.CRITICAL_FAILED({ plugin: broken.manifest.id, reason: broken.reason });
  }
}

/** Stops level after level, the highest first. Shape: what could not be undone, by plugin and label. */
export async function stopAll(lifecycle: Lifecycle, records: readonly PluginRecord[]): Promise<readonly string[]> {
  const leftovers: string[] = [];
  for (const level of byLevel(records).toReversed()) {
    const left = await Promise.all(level.map((record) => stopPlugin(lifecycle, record)));
    leftovers.push(...left.flat());
  }
  return leftovers;
}
