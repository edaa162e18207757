import { reasonOf } from './kernel-errors.ts';
import { isServing } from './lifecycle/plugin-record.ts';
import type { HealthProbe, PluginRecord } from './lifecycle/plugin-record.ts';
import { withTimeLimit } from './time-limit.ts';

/** Asks one probe, which then knows how it is and why. */
async function ask(probe: HealthProbe, timeoutMs: number): Promise<void> {
  const controller = new AbortController();
  const late = () => new Error(`gave no answer within ${timeoutMs} ms`);
  try {
    const answer = await withTimeLimit(probe.ask(controller.signal), timeoutMs, late);
    const state = typeof answer === 'string' ? answer : answer.state;
    probe.last = state;
    const reason = typeof answer === 'string' ? undefined : `${probe.name}: ${answer.reason}`;
    probe.reason = state === 'ok' ? undefined : (reason ?? `${probe.name} is ${state}`);
  } catch (error) {
    probe.last = 'down';
    probe.reason = `${probe.name}: ${reasonOf(error)}`;
  } finally {
    controller.abort();
  }
}

/**
 * A plugin that serves is `degraded` as long as a probe or a breaker of it says so. Gives whether its state or the
 * reason has changed.
 */
export function settleHealth(record: PluginRecord, breakerReasons: readonly string[]): boolean {
  if (!isServing(record)) return false;
  const reasons = [...[...record.probes].flatMap(({ reason }) => reason ?? []), ...breakerReasons];
  const { state, reason } = record;
  record.state = reasons.length === 0 ? 'ready' : 'degraded';
  record.reason = reasons.length === 0 ? undefined : reasons.join('; ');
  return record.state !== state || record.reason !== reason;
}

/** Asks all probes of one plugin. */
export async function probePlugin(record: PluginRecord, timeoutMs: number): Promise<void> {
  if (isServing(record)) await Promise.all([...record.probes].map((probe) => ask(probe, timeoutMs)));
}
