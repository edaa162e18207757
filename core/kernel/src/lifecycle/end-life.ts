import type { Generation } from './generation.ts';
import { forgetLife } from './plugin-record.ts';
import type { PluginRecord } from './plugin-record.ts';
import { enterState } from './start-plugin.ts';
import type { Lifecycle } from './start-plugin.ts';

/**
 * Ends a life that nobody new meets: waits at most `timeoutMs` for who uses it, then undoes its effects. Shape: what could
 * not be undone, by plugin and label.
 */
export function endLife(lifecycle: Lifecycle, record: PluginRecord, timeoutMs: number): Promise<readonly string[]> {
  const { generation } = record;
  if (generation === undefined) return Promise.resolve([]);
  const ending = drainAndDispose(lifecycle, record, generation, timeoutMs);
  lifecycle.draining.set(record, ending);
  enterState(lifecycle, record, 'draining');
  return ending;
}

async function drainAndDispose(
  lifecycle: Lifecycle,
  record: PluginRecord,
  generation: Generation,
  timeoutMs: number,
): Promise<readonly string[]> {
  await generation.drain(timeoutMs);
  const leftovers = await generation.dispose(lifecycle.stopTimeoutMs);
  if (leftovers.length > 0) lifecycle.options.log(generation.pluginId).warn('Not all was undone', { leftovers });
  forgetLife(record);
  lifecycle.draining.delete(record);
  enterState(lifecycle, record, 'stopped');
  return leftovers;
}

/** Resolves when nothing drains any more. Shape: what could not be undone, by plugin and label. */
export async function allDrained({ draining }: Lifecycle): Promise<readonly string[]> {
  const leftovers: string[] = [];
  while (draining.size > 0) leftovers.push(...(await Promise.all(draining.values())).flat());
  return leftovers;
}
