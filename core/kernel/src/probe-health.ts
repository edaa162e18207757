import { reasonOf } from './kernel-errors.ts';
import { isServing } from './lifecycle/plugin-record.ts';
import type { HealthProbe, PluginRecord } from './lifecycle/plugin-record.ts';
import { withTimeLimit } from './time-limit.ts';

/** Asks one probe. Shape: why it is degraded; `undefined` when it is well. */
async function ask(probe: HealthProbe, timeoutMs: number): Promise<string | undefined> {
  const controller = new AbortController();
  const late = () => new Error(`gave no answer within ${timeoutMs} ms`);
  try {
    probe.last = await withTimeLimit(probe.ask(controller.signal), timeoutMs, late);
    return probe.last === 'ok' ? undefined : `${probe.name} is degraded`;
  } catch (error) {
    probe.last = 'degraded';
    return `${probe.name}: ${reasonOf(error)}`;
  } finally {
    controller.abort();
  }
}

/** Asks all probes of one plugin; it is `degraded` as long as one of them is. Gives whether its state has changed. */
export async function probePlugin(record: PluginRecord, timeoutMs: number): Promise<boolean> {
  if (!isServing(record) || record.probes.size === 0) return false;
  const answers = await Promise.all([...record.probes].map((probe) => ask(probe, timeoutMs)));
  if (!isServing(record)) return false;
  const reasons = answers.filter((reason) => reason !== undefined);
  const before = record.state;
  record.state = reasons.length === 0 ? 'ready' : 'degraded';
  record.reason = reasons.length === 0 ? undefined : reasons.join('; ');
  return record.state !== before;
}
