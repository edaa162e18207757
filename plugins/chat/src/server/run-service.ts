import { once } from 'node:events';
import { isAppError } from '@parley/contracts';
import type { Bus, Handlers, Person, PersonErased, Principal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { runFinished } from '@parley/plugin-chat/contract';
import type { chatContract } from '@parley/plugin-chat/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { UserEvents } from '@parley/plugin-events/contract';
import type { ModelDirectory } from '@parley/plugin-models/contract';
import { createAdmission } from './admission.ts';
import type { Admitted } from './admission.ts';
import type { Config } from './config.ts';
import { createDoorbell } from './doorbell.ts';
import { createEndRun } from './end-run.ts';
import { activeRunEntity, runEntity } from './entities.ts';
import type { RunRecord } from './entities.ts';
import { createForgetConversation } from './forget-conversation.ts';
import { createForgetPerson } from './forget-person.ts';
import { createHandlers } from './handlers.ts';
import { createJournalReader } from './journal-reader.ts';
import { createJournal } from './journal.ts';
import { LiveRun } from './live-run.ts';
import { createLogWriter } from './log-writer.ts';
import { createNodeLease, ownProcessId } from './node-lease.ts';
import { createNodeNews } from './node-news.ts';
import { createRecovery, interrupted } from './recovery.ts';
import { createRunExecutor } from './run-executor.ts';
import { createSealedLogs } from './sealed-log.ts';
import { createStopRun, STOP_TOPIC } from './stop-run.ts';

/** What runs are made of: records, the bus, and other plugins' capabilities. */
export interface RunServiceNeeds {
  readonly bus: Bus;
  readonly conversations: ConversationStore;
  readonly events: UserEvents;
  readonly models: ModelDirectory;
}

/** The run engine of one process. */
export interface RunService {
  readonly handlers: Handlers<(typeof chatContract)['operations']>;
  /** Listens to other nodes and looks after runs that were left behind; returns its undo. */
  listen(): () => void;
  /** Ends runs of processes that are gone. */
  recover(): Promise<void>;
  /** Takes no new messages; gives running answers until the deadline, then ends them as interrupted. */
  drain(deadlineMs: number): Promise<void>;
  forget(gone: { readonly id: string; readonly ownerId: string }): Promise<void>;
  forgetPerson(person: Person): Promise<PersonErased['items']>;
  /** Ends what still runs and gives the lease back. */
  stop(): Promise<void>;
}

const RECOVER_EVERY_MS = 5_000;
const STOP_POLL_MS = 1_000;
const FOLLOW_POLL_MS = 1_000;
const PRUNE_EVERY_MS = 10_000;
const HOUR_MS = 3_600_000;

const findMessageOf = async (conversations: ConversationStore, system: Principal, run: RunRecord) => {
  try {
    return await conversations.message(system, run.conversationId, run.messageId);
  } catch (error) {
    if (isAppError(error) && error.status === 404) return undefined;
    throw error;
  }
};

/** Builds the run engine and takes the lease on its runs. */
export async function createRunService(ctx: PluginContext<Config>, needs: RunServiceNeeds): Promise<RunService> {
  const { config, system, clock, log, signal, dataDir } = ctx;
  const { bus, conversations, events, models } = needs;
  const call = () => ctx.call();
  let isDraining = false;

  const lease = createNodeLease({ ctx, system, clock, dataDir, processId: ownProcessId(), log });
  await lease.start();
  const { bootId } = lease;
  const retentionMs = config.logRetentionHours * HOUR_MS;
  const journal = createJournal({ ctx, system, clock, bootId });
  const journals = createJournalReader({ ctx, system, clock });
  const sealedLogs = createSealedLogs({ ctx, system, clock, retentionMs });
  const doorbell = createDoorbell();
  const news = createNodeNews({ bus, bootId, doorbell, log });
  const finished = ctx.hook(runFinished);
  const endRun = createEndRun({ ctx, system, clock, log, signal, sealedLogs, conversations, events, finished, call });
  const writer = createLogWriter({
    journal,
    log,
    signal,
    onCommit: (runs) => news.announce(runs),
    onLost: (run) => executor.giveUp(run),
  });
  const executor = createRunExecutor({ writer, conversations, models, endRun, news, log, limits: config });
  const { live } = executor;
  const recovery = createRecovery({ ctx, system, clock, log, lease, journals, endRun, doorbell, call });

  const recover = async (): Promise<void> => {
    try {
      await recovery.sweep();
    } catch (error) {
      log.error('Runs of processes that are gone could not be looked for', { error });
    }
  };
  const obeyOtherNodes = async (): Promise<void> => {
    if (live.size === 0) return;
    const { items } = await ctx
      .store(activeRunEntity, system)
      .list({ where: { bootId, isStopRequested: true }, limit: 100 });
    for (const { id } of items) live.get(id)?.stop({ state: 'stopped' });
  };
  const begin = ({ run, events: logged, change }: Admitted): void => {
    if (!run || !change) return;
    void executor.start(new LiveRun(run, () => clock.now(), logged));
    const tell = async () => {
      await conversations.announce(run.call.principal, change);
      await events.publish(run.ownerId, { topic: 'run', id: run.id, parentId: run.conversationId, rev: 1 });
    };
    tell().catch((error: unknown) => log.warn('The start of a run could not be announced', { error, runId: run.id }));
  };
  const prune = (): Promise<void> =>
    journal.prune().catch((error: unknown) => log.warn('The journal could not be shortened', { error }));
  const allEnded = () => Promise.all([...live.values()].map((run) => run.ended));
  const drain = async (deadlineMs: number): Promise<void> => {
    isDraining = true;
    const deadline = AbortSignal.timeout(deadlineMs);
    const passed = once(deadline, 'abort');
    // A message that was being admitted when draining began may still start a run.
    while (live.size > 0 && !deadline.aborted) await Promise.race([allEnded(), passed]);
    for (const run of live.values()) run.stop(interrupted(run.call.requestId));
    await allEnded();
  };

  const stopRun = createStopRun({ ctx, live, bus, doorbell });

  return {
    handlers: createHandlers({
      ctx,
      admit: createAdmission({ ctx, conversations, models, journal, bootId, isDraining: () => isDraining }),
      start: begin,
      stop: stopRun,
      follow: {
        sealedLogs,
        doorbell,
        findLive: (runId) => live.get(runId),
        findTail: async (runId) => {
          const run = await ctx.store(activeRunEntity, system).find(runId);
          return run && journals.tail(run);
        },
        findRun: async (runId, ownerId) => {
          const run = await ctx.store(runEntity, system).find(runId);
          return run?.ownerId === ownerId ? run : undefined;
        },
        findMessage: (run) => findMessageOf(conversations, system, run),
        isLogExpired: ({ endedAt }) => endedAt !== undefined && Date.parse(endedAt) + retentionMs <= clock.now(),
        pollMs: FOLLOW_POLL_MS,
      },
    }),
    listen() {
      const undo = [news.listen(), bus.subscribe(STOP_TOPIC, (runId) => live.get(runId)?.stop({ state: 'stopped' }))];
      const looking = setInterval(() => void recover(), RECOVER_EVERY_MS).unref();
      const obeying = setInterval(() => void obeyOtherNodes().catch(() => undefined), STOP_POLL_MS).unref();
      const pruning = setInterval(() => void prune(), PRUNE_EVERY_MS).unref();
      return () => {
        clearInterval(pruning);
        clearInterval(looking);
        clearInterval(obeying);
        for (const each of undo) each();
      };
    },
    recover,
    drain,
    forget: createForgetConversation({ ctx, system, stop: stopRun, sealedLogs }),
    forgetPerson: createForgetPerson({ ctx, system, stop: stopRun, journal }),
    async stop() {
      await drain(0);
      await prune();
      await lease.stop();
    },
  };
}
