import { isAppError, isFinal } from '@parley/contracts';
import type { CallContext, HookRunner, MessageState, SystemPrincipal } from '@parley/contracts';
import type { Clock, Logger, Pin, PluginContext } from '@parley/kernel';
import { runFinished } from '@parley/plugin-chat/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { UserEvents } from '@parley/plugin-events/contract';
import { activeRunEntity, logEntity, runEntity, toRun } from './entities.ts';
import type { RunRecord } from './entities.ts';
import type { Outcome } from './live-run.ts';
import type { LogChunk } from './log-encoding.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { NewLogRow, SealedLogs } from './sealed-log.ts';

/** The run that is to end. */
interface EndingRun {
  readonly id: string;
  readonly ownerId: string;
  readonly recorder: RunRecorder;
  /** The hooks it began with; those of now without. */
  readonly pin?: Pick<Pin, 'hook'>;
}

/** A run that was made final. */
export interface EndedRun {
  /** The end of its log, where it was not written before. */
  readonly end: LogChunk | undefined;
  /** Resolves when hooks and open tabs have been told. */
  readonly told: Promise<void>;
}

/** Makes a run final, once. */
export interface EndRun {
  /**
   * Seals the log with its `run-end` and saves the message and the run's final state, all in one transaction, then tells
   * hooks and open tabs. The first who does so counts, whatever others have heard the run say. Resolves with `undefined`
   * when the run was final already or is gone.
   */
  (run: EndingRun, outcome: Outcome): Promise<EndedRun | undefined>;
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
  readonly system: SystemPrincipal;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly sealedLogs: Pick<SealedLogs, 'toRows'>;
  readonly conversations: ConversationStore;
  readonly events: UserEvents;
  readonly finished: HookRunner<typeof runFinished>;
  readonly call: () => CallContext;
}): EndRun {
  const { ctx, system, clock, log, signal, sealedLogs, conversations, events, finished, call } = deps;

  type Ending = { readonly run: EndingRun; readonly rows: readonly NewLogRow[]; readonly outcome: Outcome };
  const save = ({ run, rows, outcome }: Ending, hasMessage: boolean): Promise<RunRecord | undefined> =>
    ctx.transaction(async (tx) => {
      const runs = tx.store(runEntity, system);
      const current = await runs.find(run.id);
      if (!current || isFinal(current.state)) return undefined;
      const { fold, usage } = run.recorder;
      const { state, error } = outcome;
      const { conversationId, messageId, model: wanted } = current;
      const model = fold.model ?? wanted;
      const saved = await runs.update(
        run.id,
        {
          state,
          error,
          usage,
          ...(model === wanted ? {} : { model, wanted }),
          lastSeq: run.recorder.seq,
          endedAt: new Date(clock.now()).toISOString(),
        },
        current.rev,
      );
      await tx.store(logEntity, system).insertMany(rows);
      await tx.store(activeRunEntity, system).delete(run.id);
      const message = {
        id: messageId,
        conversationId,
        ownerId: run.ownerId,
        parts: fold.parts({ isOver: true }),
        state: messageStates[state],
        model,
        ...(model === wanted ? {} : { wanted }),
        ...(usage === undefined ? {} : { usage }),
        ...(fold.notices.length === 0 ? {} : { notices: fold.notices }),
        ...(error === undefined ? {} : { error }),
      };
      if (hasMessage) await conversations.finish(message, tx);
      return saved;
    });

  const announce = async (record: RunRecord, { ownerId, pin }: EndingRun): Promise<void> => {
    const { id, conversationId, messageId, rev } = record;
    await conversations.announce(system, { conversationId, isNew: false, messageIds: [messageId] });
    await events.publish(ownerId, { topic: 'run', id, parentId: conversationId, rev });
    await (pin?.hook(runFinished) ?? finished).run({ run: toRun(record), ownerId }, call());
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
    const end = recorder.take();
    const rows = sealedLogs.toRows({ runId: run.id, ownerId: run.ownerId }, recorder.memory);
    let hasMessage = true;
    for (;;) {
      try {
        const record = await save({ run, rows, outcome }, hasMessage);
        if (!record) return undefined;
        const told = announce(record, run).catch((error: unknown) =>
          log.error('The end of a run could not be announced', { error, runId: run.id }),
        );
        return { end, told };
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
