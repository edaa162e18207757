import type { NewRecord, SystemPrincipal, StoreOf } from '@parley/contracts';
import type { Clock, PluginContext } from '@parley/kernel';
import type * as z from 'zod';
import { logEntity } from './entities.ts';
import { toFrames } from './log-encoding.ts';
import type { Frames, LogChunk } from './log-encoding.ts';
import type { RunMemory } from './run-memory.ts';

/** A record of a sealed log before it is stored. */
export type NewLogRow = NewRecord<z.output<(typeof logEntity)['schema']>>;

/** Which log. */
export interface LogOf {
  readonly runId: string;
  readonly ownerId: string;
}

/** The logs of runs that have ended: each written once, with the run's end. */
export interface SealedLogs {
  /** The records that make up a log. */
  toRows(of: LogOf, memory: RunMemory): NewLogRow[];
  /** What follows position `after`, at most a record of it; `undefined` when there is nothing. */
  read(of: LogOf, after: number): Promise<Frames | undefined>;
  /** Deletes a log. */
  remove(of: LogOf): Promise<void>;
}

/** Units: UTF-16 code units. */
const ROW_LENGTH = 256 * 1_024;
const PAGE_SIZE = 100;

/** Sealed logs in this plugin's records. */
export function createSealedLogs(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction'>;
  readonly system: SystemPrincipal;
  readonly clock: Clock;
  readonly retentionMs: number;
}): SealedLogs {
  const { ctx, system, clock, retentionMs } = deps;
  const store: StoreOf<typeof logEntity, SystemPrincipal> = ctx.store(logEntity, system);

  return {
    toRows({ runId, ownerId }, memory) {
      const keepUntil = new Date(clock.now() + retentionMs).toISOString();
      return memory
        .chunks(ROW_LENGTH)
        .map(({ firstSeq, lastSeq, text: events }) => ({ ownerId, runId, firstSeq, lastSeq, events, keepUntil }));
    },
    async read({ runId, ownerId }, after) {
      const { items } = await store.list({
        where: { ownerId, runId, firstSeq: { lte: after + 1 } },
        sort: [['firstSeq', 'desc']],
        limit: 1,
      });
      const chunks = items.map(({ firstSeq, lastSeq, events: text }): LogChunk => ({ firstSeq, lastSeq, text }));
      return toFrames(chunks, after);
    },
    async remove({ runId, ownerId }) {
      for (;;) {
        const { items } = await store.list({ where: { ownerId, runId }, limit: PAGE_SIZE });
        if (items.length === 0) return;
        await ctx.transaction(async (tx) => {
          for (const { id } of items) await tx.store(logEntity, system).delete(id);
        });
      }
    },
  };
}
