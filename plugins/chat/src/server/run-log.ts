import type { Durability, NewRecord, Principal, RunEvent, StoreOf } from '@parley/contracts';
import type { Clock, PluginContext } from '@parley/kernel';
import type * as z from 'zod';
import { logEntity } from './entities.ts';
import type { LogRecord } from './entities.ts';
import { decodeEvent, isEndLine, toFrame } from './log-encoding.ts';
import type { Batch } from './run-recorder.ts';

/** A record of the log before it is stored. */
export type NewLogRow = NewRecord<z.output<(typeof logEntity)['schema']>>;

/** A stretch of a log as readers receive it. */
export interface Frames {
  readonly frames: string;
  readonly lastSeq: number;
  /** Whether it holds the `run-end`. */
  readonly isEnd: boolean;
}

type LogRow = Pick<LogRecord, 'firstSeq' | 'lastSeq' | 'events'>;

/** Which log. */
export interface LogOf {
  readonly runId: string;
  readonly ownerId: string;
}

/** The stored logs of all runs. */
export interface RunLog {
  toRow(of: LogOf, batch: Batch): NewLogRow;
  append(rows: readonly NewLogRow[], durability: Durability): Promise<void>;
  /** Whether exactly this row is stored: an append that failed may have come through. */
  holds(row: NewLogRow): Promise<boolean>;
  /** What follows position `after`, at most a page of it; `undefined` when there is nothing or a hole comes first. */
  read(of: LogOf, after: number): Promise<Frames | undefined>;
  /** Every event of a log, a page at a time. */
  events(of: LogOf): AsyncIterable<RunEvent>;
  /** Deletes a log in batches. */
  remove(of: LogOf): Promise<void>;
}

const PAGE_SIZE = 200;
const MINUTE_MS = 60_000;
/** Rows are written while the run goes on; this much is added to the retention that counts from its end. */
const LONGEST_RUN_MS = 60 * 60_000;

/**
 * What rows of a log hold after position `after`, up to the first hole.
 * Shape: rows in order; they may begin before `after` and overlap.
 */
export function toFrames(rows: readonly LogRow[], after: number): Frames | undefined {
  let frames = '';
  let lastSeq = after;
  let isEnd = false;
  for (const row of rows) {
    if (row.firstSeq > lastSeq + 1) break;
    let seq = row.firstSeq;
    for (const line of row.events.split('\n')) {
      if (seq > lastSeq) {
        frames += toFrame(line, seq);
        isEnd = isEndLine(line);
      }
      seq += 1;
    }
    lastSeq = Math.max(lastSeq, row.lastSeq);
  }
  return lastSeq === after ? undefined : { frames, lastSeq, isEnd };
}

/** The instant `afterMs` from now, rounded up to a minute so that the text is made once for many rows. */
function createExpiry(clock: Clock, afterMs: number): () => string {
  let minute = 0;
  let text = '';
  return () => {
    const now = Math.ceil((clock.now() + afterMs) / MINUTE_MS);
    if (now !== minute) {
      minute = now;
      text = new Date(now * MINUTE_MS).toISOString();
    }
    return text;
  };
}

/** Logs in this plugin's records. */
export function createRunLog(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction'>;
  readonly system: Principal;
  readonly clock: Clock;
  readonly retentionMs: number;
}): RunLog {
  const { ctx, system, clock, retentionMs } = deps;
  const store: StoreOf<typeof logEntity> = ctx.store(logEntity, system);
  const keepUntil = createExpiry(clock, retentionMs + LONGEST_RUN_MS);

  // Batches are read whole, so a cursor nearly always stands at the end of one; only a resume can start inside.
  const rowsAfter = async ({ runId, ownerId }: LogOf, after: number): Promise<readonly LogRecord[]> => {
    const next = await store.list({
      where: { ownerId, runId, firstSeq: { gt: after } },
      sort: [['firstSeq', 'asc']],
      limit: PAGE_SIZE,
    });
    if (after === 0 || next.items[0]?.firstSeq === after + 1) return next.items;
    const around = await store.list({
      where: { ownerId, runId, firstSeq: { lte: after } },
      sort: [['firstSeq', 'desc']],
      limit: 1,
    });
    return [...around.items, ...next.items];
  };

  return {
    toRow: ({ runId, ownerId }, { firstSeq, lastSeq, lines }) => ({
      ownerId,
      runId,
      firstSeq,
      lastSeq,
      events: lines.join('\n'),
      keepUntil: keepUntil(),
    }),
    async append(rows, durability) {
      await store.insertMany(rows, durability);
    },
    async holds({ ownerId, runId, firstSeq, events }) {
      if (ownerId === undefined) return false;
      const { items } = await store.list({ where: { ownerId, runId, firstSeq }, limit: 1 });
      return items[0]?.events === events;
    },
    read: async (of, after) => toFrames(await rowsAfter(of, after), after),
    async *events({ runId, ownerId }) {
      let after: string | undefined;
      do {
        const page = await store.list({
          where: { ownerId, runId },
          sort: [['firstSeq', 'asc']],
          limit: PAGE_SIZE,
          ...(after === undefined ? {} : { after }),
        });
        for (const row of page.items) yield* row.events.split('\n').map(decodeEvent);
        after = page.next;
      } while (after !== undefined);
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
