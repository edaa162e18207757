import type { CallContext, SystemPrincipal } from '@parley/contracts';
import type { Clock, Logger, PluginContext } from '@parley/kernel';
import { chatErrors } from '@parley/plugin-chat/contract';
import type { Doorbell } from './doorbell.ts';
import type { EndRun } from './end-run.ts';
import { activeRunEntity, runEntity, toStart } from './entities.ts';
import type { ActiveRunRecord } from './entities.ts';
import type { JournalReader } from './journal-reader.ts';
import type { Outcome } from './live-run.ts';
import { toEvents } from './log-encoding.ts';
import type { LogChunk } from './log-encoding.ts';
import type { NodeLease } from './node-lease.ts';
import { RunRecorder } from './run-recorder.ts';
import { toProblem } from './to-problem.ts';

/** The outcome of a run whose process went away. */
export const interrupted = (requestId: string): Outcome => ({
  state: 'interrupted',
  error: toProblem(chatErrors.INTERRUPTED(), { provider: '', requestId }),
});

const MAX_RUNS = 1_000;

/** Ends runs that nobody runs any more, with what the journal of their process holds. */
export interface Recovery {
  /** Looks once; resolves with how many were ended. */
  sweep(): Promise<number>;
}

/** Recovery over the journals. The model is not asked again. A sweep that was cut off is repeated by the next. */
export function createRecovery(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly system: SystemPrincipal;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lease: NodeLease;
  readonly journals: Pick<JournalReader, 'close' | 'remove'>;
  readonly endRun: EndRun;
  readonly doorbell: Doorbell;
  readonly call: () => CallContext;
}): Recovery {
  const { ctx, system, clock, log, lease, journals, endRun, doorbell, call } = deps;
  const activeRuns = () => ctx.store(activeRunEntity, system);

  const end = async ({ id, ownerId = '' }: ActiveRunRecord, said: readonly LogChunk[]): Promise<void> => {
    const record = await ctx.store(runEntity, system).find(id);
    const events = record ? [toStart(record), ...toEvents(said, 1)] : [];
    const recorder = new RunRecorder(() => clock.now(), events);
    await endRun({ id, ownerId, recorder }, interrupted(call().requestId));
    doorbell.ring(id);
    log.info('A run of a process that is gone was ended as interrupted', { runId: id, events: events.length });
  };

  // The journals go last: until then, whoever comes next can do all of it again.
  const endBoot = async (bootId: string, runs: readonly ActiveRunRecord[]): Promise<number> => {
    const { journalIds, said } = await journals.close(bootId, runs);
    let count = 0;
    for (const run of runs) {
      try {
        await end(run, said.get(run.id) ?? []);
        count += 1;
      } catch (error) {
        log.error('A run of a process that is gone could not be ended', { error, runId: run.id });
      }
    }
    if ((await activeRuns().count({ bootId })) > 0) return count;
    await journals.remove(journalIds);
    await lease.forget(bootId);
    return count;
  };

  return {
    async sweep() {
      const { items } = await activeRuns().list({ where: { bootId: { not: lease.bootId } }, limit: MAX_RUNS });
      const boots = new Map<string, ActiveRunRecord[]>();
      for (const run of items) boots.set(run.bootId, [...(boots.get(run.bootId) ?? []), run]);
      for (const bootId of boots.keys()) if (!(await lease.isDead(bootId))) boots.delete(bootId);
      for (const bootId of await lease.listDead()) boots.set(bootId, boots.get(bootId) ?? []);
      let count = 0;
      for (const [bootId, runs] of boots) count += await endBoot(bootId, runs);
      return count;
    },
  };
}
