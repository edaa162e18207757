import { reasonOf } from '../kernel-errors.ts';
import type { PluginRecord } from './plugin-record.ts';
import { isServing } from './plugin-record.ts';
import { stopPlugin } from './end-life.ts';
import { enterState } from './start-plugin.ts';
import type { Lifecycle } from './start-plugin.ts';

/**
 * Takes a plugin out of service until it is reset; state and reason stay visible. A critical one stays, since the host
 * can not run without it: withdrawing it would make trouble of one plugin the trouble of all.
 */
export async function quarantinePlugin(lifecycle: Lifecycle, record: PluginRecord, reason: string): Promise<void> {
  const { id, critical } = record.manifest;
  if (!isServing(record)) return;
  const log = lifecycle.options.log(id);
  if (critical) return log.error('The plugin would be quarantined but is critical and goes on', { reason });
  const atMs = (lifecycle.options.clock ?? Date).now();
  record.quarantine = { reason, atMs };
  log.error('The plugin is quarantined until it is reset', { reason });
  try {
    const leftovers = await stopPlugin(lifecycle, record);
    if (leftovers.length > 0) log.warn('Not everything was undone', { leftovers });
  } catch (error) {
    log.error('The plugin did not stop', { reason: reasonOf(error), error });
  }
  enterState(lifecycle, record, 'quarantined', reason);
}
