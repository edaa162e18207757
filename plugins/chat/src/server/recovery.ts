import type { CallContext, Principal, RunEvent } from '@parley/contracts';
import type { Clock, Logger, PluginContext } from '@parley/kernel';
import { chatErrors } from '@parley/plugin-chat/contract';
import type { Doorbell } from './doorbell.ts';
import type { EndRun } from './end-run.ts';
import { activeRunEntity } from './entities.ts';
import type { ActiveRunRecord } from './entities.ts';
import type { Outcome } from './live-run.ts';
import type { NodeLease } from './node-lease.ts';
import type { RunLog } from './run-log.ts';
import { RunRecorder } from './run-recorder.ts';
import { toProblem } from './to-problem.ts';

/** The outcome of a run whose process went away. */
export const interrupted = (requestId: string): Outcome => ({
  state: 'interrupted',
  error: toProblem(chatErrors.INTERRUPTED(), { provider: '', requestId }),
});

/** Ends runs that nobody runs any more, with what their log holds. */
export interface Recovery {
  /** Looks once; resolves with how many were ended. */
  sweep(): Promise<number>;
}

/** Recovery over the stored logs. The model is not asked again. */
export function createRecovery(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly system: Principal;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lease: NodeLease;
  readonly runLog: Pick<RunLog, 'events'>;
  readonly endRun: EndRun;
  readonly doorbell: Doorbell;
  readonly call: () => CallContext;
}): Recovery {
  const { ctx, system, clock, log, lease, runLog, endRun, doorbell, call } = deps;

  const end = async ({ id, ownerId = '' }: ActiveRunRecord): Promise<void> => {
    const events: RunEvent[] = [];
    for await (const event of runLog.events({ runId: id, ownerId })) events.push(event);
    const recorder = new RunRecorder(() => clock.now(), events);
    await endRun({ id, ownerId, recorder }, interrupted(call().requestId));
    doorbell.ring(id);
    log.info('A run of a process that is gone was ended as interrupted', { runId: id, events: events.length });
  };

  const endAll = async (runs: readonly ActiveRunRecord[]): Promise<number> => {
    let count = 0;
    for (const run of runs) {
      try {
        await end(run);
        count += 1;
      } catch (error) {
        log.error('A run of a process that is gone could not be ended', { error, runId: run.id });
      }
    }
    return count;
  };

  return {
    async sweep() {
      const { items } = await ctx
        .store(activeRunEntity, system)
        .list({ where: { bootId: { not: lease.bootId } }, limit: 1_000 });
      const boots = new Map<string, ActiveRunRecord[]>();
      for (const run of items) boots.set(run.bootId, [...(boots.get(run.bootId) ?? []), run]);
      let count = 0;
      for (const [bootId, runs] of boots) {
        if (await lease.isDead(bootId)) count += await endAll(runs);
      }
      await lease.forgetDead();
      return count;
    },
  };
}
