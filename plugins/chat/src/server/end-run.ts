import { isAppError, isFinal } from '@parley/contracts';
import type { CallContext, HookRunner, MessageState, Principal } from '@parley/contracts';
import type { Clock, Logger, PluginContext } from '@parley/kernel';
import type { runFinished } from '@parley/plugin-chat/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { UserEvents } from '@parley/plugin-events/contract';
import { activeRunEntity, logEntity, runEntity, toRun } from './entities.ts';
import type { RunRecord } from './entities.ts';
import type { Outcome } from './live-run.ts';
import type { RunLog } from './run-log.ts';
import type { Batch, RunRecorder } from './run-recorder.ts';

/** Makes a run final, once. */
export interface EndRun {
  /**
   * Writes what is left of the log with its `run-end`, the message and the run's final state in one transaction, then
   * tells hooks and open tabs. Resolves with the last batch; `undefined` when the run was final already or is gone.
   */
  (
    run: { readonly id: string; readonly ownerId: string; readonly recorder: RunRecorder },
    outcome: Outcome,
  ): Promise<Batch | undefined>;
}

const messageStates: Readonly<Record<Outcome['state'], MessageState>> = {
  completed: 'complete',
  failed: 'failed',
  stopped: 'stopped',
  interrupted: 'interrupted',
};

const RETRY_MS = 250;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
const isTransient = (error: unknown) =>
  ['STORAGE_UNAVAILABLE', 'STORAGE_FULL', 'STORAGE_CONFLICT'].some((code) => isAppError(error, code));

/** Ends runs in this plugin's records and the conversation they belong to. */
export function createEndRun(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'transaction'>;
  readonly system: Principal;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly runLog: Pick<RunLog, 'toRow'>;
  readonly conversations: ConversationStore;
  readonly events: UserEvents;
  readonly finished: HookRunner<typeof runFinished>;
  readonly call: () => CallContext;
}): EndRun {
  const { ctx, system, clock, log, signal, runLog, conversations, events, finished, call } = deps;

  type Ending = { readonly run: Parameters<EndRun>[0]; readonly batch: Batch; readonly outcome: Outcome };
  const save = ({ run, batch, outcome }: Ending, hasMessage: boolean): Promise<RunRecord | undefined> =>
    ctx.transaction(async (tx) => {
      const runs = tx.store(runEntity, system);
      const current = await runs.find(run.id);
      if (!current || isFinal(current.state)) return undefined;
      const { fold, usage } = run.recorder;
      const { state, error } = outcome;
      const { conversationId, messageId } = current;
      const saved = await runs.update(
        run.id,
        { state, error, usage, lastSeq: batch.lastSeq, endedAt: new Date(clock.now()).toISOString() },
        current.rev,
      );
      await tx.store(logEntity, system).insert(runLog.toRow({ runId: run.id, ownerId: run.ownerId }, batch));
      await tx.store(activeRunEntity, system).delete(run.id);
      const message = {
        id: messageId,
        conversationId,
        ownerId: run.ownerId,
        parts: fold.parts({ isOver: true }),
        state: messageStates[state],
        ...(usage === undefined ? {} : { usage }),
        ...(error === undefined ? {} : { error }),
      };
      if (hasMessage) await conversations.finish(message, tx);
      return saved;
    });

  const announce = async (record: RunRecord, ownerId: string): Promise<void> => {
    const { id, conversationId, messageId, rev } = record;
    await conversations.announce(system, { conversationId, isNew: false, messageIds: [messageId] });
    await events.publish(ownerId, { topic: 'run', id, parentId: conversationId, rev });
    await finished.run({ run: toRun(record), ownerId }, call());
  };

  return async (run, outcome) => {
    const { recorder } = run;
    recorder.closePart();
    const { usage } = recorder;
    recorder.add({
      type: 'run-end',
      state: outcome.state,
      ...(usage === undefined ? {} : { usage }),
      ...(outcome.error === undefined ? {} : { error: outcome.error }),
    });
    const batch = recorder.take();
    if (!batch) return undefined;
    let hasMessage = true;
    for (;;) {
      try {
        const record = await save({ run, batch, outcome }, hasMessage);
        if (!record) return undefined;
        void announce(record, run.ownerId).catch((error: unknown) =>
          log.error('The end of a run could not be announced', { error, runId: run.id }),
        );
        return batch;
      } catch (error) {
        if (isAppError(error, 'CONVERSATIONS_MESSAGE_NOT_FOUND') && hasMessage) {
          // Its conversation was deleted; the run still has to end.
          hasMessage = false;
          continue;
        }
        if (signal.aborted || !isTransient(error)) throw error;
        log.warn('The end of a run could not be saved; trying again', { error, runId: run.id });
        await pause(RETRY_MS);
      }
    }
  };
}
