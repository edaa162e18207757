import { isAppError } from '@parley/contracts';
import type { Principal, StoreOf, Where } from '@parley/contracts';
import type { Clock, PluginContext } from '@parley/kernel';
import { journalEntity } from './entities.ts';
import type { ActiveRunRecord, JournalRecord } from './entities.ts';
import { keepUntil } from './journal.ts';
import { decodeEntries, findEntry } from './journal-encoding.ts';
import { toFrames } from './log-encoding.ts';
import type { Frames, LogChunk } from './log-encoding.ts';

/** A cursor over what a run of another process says. */
export interface JournalTail {
  /** What follows position `after`; positions may only grow from call to call. */
  read(after: number): Promise<Frames | undefined>;
}

/** What a dead process has left behind. */
export interface ClosedJournals {
  readonly journalIds: readonly string[];
  /** What its runs said, by run. */
  readonly said: ReadonlyMap<string, readonly LogChunk[]>;
}

/** The journals of other processes. */
export interface JournalReader {
  tail(run: Pick<ActiveRunRecord, 'id' | 'journalId' | 'journalFrom'>): JournalTail;
  /** Closes the journals of a process, so that it can not write there any more, and reads what `runs` said. */
  close(bootId: string, runs: readonly ActiveRunRecord[]): Promise<ClosedJournals>;
  /** Deletes closed journals in batches; only the mark that they are closed stays until its time is over. */
  remove(journalIds: readonly string[]): Promise<void>;
}

const PAGE_SIZE = 100;
/** A record without entries is the last of its journal. */
const CLOSED = '';

/** Journals in this plugin's records. */
export function createJournalReader(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction'>;
  readonly system: Principal;
  readonly clock: Clock;
}): JournalReader {
  const { ctx, system, clock } = deps;
  const store: StoreOf<typeof journalEntity> = ctx.store(journalEntity, system);

  async function* pages(where: Where<JournalRecord>): AsyncGenerator<readonly JournalRecord[]> {
    let after: string | undefined;
    do {
      const page = await store.list({
        where,
        sort: [
          ['journalId', 'asc'],
          ['number', 'asc'],
        ],
        limit: PAGE_SIZE,
        ...(after === undefined ? {} : { after }),
      });
      yield page.items;
      after = page.next;
    } while (after !== undefined);
  }

  /** Whether it is closed now; `false` when the process has written a record there meanwhile. */
  const mark = async (journalId: string, number: number): Promise<boolean> => {
    try {
      await store.insert({ journalId, number, entries: CLOSED, keepUntil: keepUntil(clock.now()) });
      return true;
    } catch (error) {
      if (isAppError(error, 'STORAGE_DUPLICATE')) return false;
      throw error;
    }
  };

  const closeOne = async (journalId: string, from: number, take: (record: JournalRecord) => void): Promise<void> => {
    let number = from;
    for (;;) {
      for await (const records of pages({ journalId, number: { gte: number } })) {
        for (const record of records) {
          if (record.entries === CLOSED) return;
          take(record);
          number = record.number + 1;
        }
      }
      if (await mark(journalId, number)) return;
    }
  };

  const removeBatch = async (ids: readonly string[]): Promise<void> => {
    try {
      await ctx.transaction(async (tx) => {
        for (const id of ids) await tx.store(journalEntity, system).delete(id);
      });
    } catch (error) {
      // Another process is at it too.
      if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
    }
  };

  return {
    tail({ id, journalId, journalFrom }) {
      let number = journalFrom;
      return {
        async read(after) {
          for (;;) {
            const { items } = await store.list({
              where: { journalId, number: { gte: number } },
              sort: [['number', 'asc']],
              limit: PAGE_SIZE,
            });
            number = (items.at(-1)?.number ?? number - 1) + 1;
            const chunks = items.map(({ entries }) => findEntry(entries, id)).filter((chunk) => chunk !== undefined);
            const frames = toFrames(chunks, after);
            if (frames || items.length < PAGE_SIZE) return frames;
          }
        },
      };
    },
    async close(bootId, runs) {
      const from = new Map<string, number>();
      for (const { journalId, journalFrom } of runs)
        from.set(journalId, Math.max(journalFrom, from.get(journalId) ?? 0));
      const said = new Map<string, LogChunk[]>(runs.map(({ id }) => [id, []]));
      const take = ({ entries }: JournalRecord) => {
        for (const [runId, chunk] of decodeEntries(entries)) said.get(runId)?.push(chunk);
      };
      const closed = new Set<string>();
      for await (const records of pages({ journalId: { prefix: `${bootId}.` } })) {
        for (const record of records) {
          const { journalId, number } = record;
          take(record);
          from.set(journalId, Math.max(number + 1, from.get(journalId) ?? 0));
          if (record.entries === CLOSED) closed.add(journalId);
        }
      }
      for (const [journalId, number] of from) if (!closed.has(journalId)) await closeOne(journalId, number, take);
      return { journalIds: [...from.keys()], said };
    },
    async remove(journalIds) {
      for (const journalId of journalIds) {
        for await (const records of pages({ journalId })) {
          const ids = records.filter(({ entries }) => entries !== CLOSED).map(({ id }) => id);
          if (ids.length > 0) await removeBatch(ids);
        }
      }
    },
  };
}
