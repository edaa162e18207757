import { isAppError } from '@parley/contracts';
import type { Durability, Principal, StoreOf } from '@parley/contracts';
import type { Clock, PluginContext } from '@parley/kernel';
import { journalEntity } from './entities.ts';

/** Keeps what a run says in the journal until the run has ended. */
export interface JournalHold extends Disposable {
  readonly journalId: string;
  /** Number of the first record that may hold something of the run. */
  readonly from: number;
}

/** What all runs of this process say until they end, one record per commit. */
export interface Journal {
  /** The one that is written now; a process begins another when one was closed by somebody else. */
  readonly id: string;
  hold(): JournalHold;
  /**
   * Writes one commit. `false` when another process has closed the journal, having found this one dead: nothing was
   * written, and the runs that hold the journal are that process's to end.
   */
  append(entries: string, durability: Durability): Promise<boolean>;
  /** Deletes the records that no run holds any more, in batches. */
  prune(): Promise<void>;
}

interface Written {
  readonly number: number;
  readonly id: string;
}

const PRUNE_BATCH = 100;
/** A net for what nobody deletes; long, because a server may come back late to answers that were cut off. */
const KEEP_MS = 7 * 24 * 3_600_000;

/** When a record made at `nowMs` goes at the latest. */
export const keepUntil = (nowMs: number): string => new Date(nowMs + KEEP_MS).toISOString();

/** The journal of the process `bootId`. */
export function createJournal(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction'>;
  readonly system: Principal;
  readonly clock: Clock;
  readonly bootId: string;
}): Journal {
  const { ctx, system, clock, bootId } = deps;
  const store: StoreOf<typeof journalEntity> = ctx.store(journalEntity, system);
  const holds = new Set<JournalHold>();
  let generation = 1;
  let number = 1;
  let written: Written[] = [];
  let pruning: Promise<void> | undefined;

  const idNow = () => `${bootId}.${generation}`;

  // A write that failed may have come through: then the record under this number is our own.
  const insert = async (entries: string, durability: Durability): Promise<string | undefined> => {
    const journalId = idNow();
    try {
      return (await store.insert({ journalId, number, entries, keepUntil: keepUntil(clock.now()) }, durability)).id;
    } catch (error) {
      if (!isAppError(error, 'STORAGE_DUPLICATE')) throw error;
      const { items } = await store.list({ where: { journalId, number }, limit: 1 });
      return items[0]?.entries === entries ? items[0].id : undefined;
    }
  };

  // Holds are taken in the order of their numbers, so the oldest is the first.
  const firstHeld = (): number => {
    for (const { from } of holds) return from;
    return number;
  };

  const remove = async (ids: readonly string[]): Promise<void> => {
    try {
      await ctx.transaction(async (tx) => {
        for (const id of ids) await tx.store(journalEntity, system).delete(id);
      });
    } catch (error) {
      // Who closed the journal deletes it.
      if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
    }
  };

  const pruneAll = async (): Promise<void> => {
    for (;;) {
      const mine = written;
      const bound = firstHeld();
      const due = mine.slice(0, PRUNE_BATCH).filter((record) => record.number < bound);
      if (due.length === 0) return;
      await remove(due.map(({ id }) => id));
      mine.splice(0, due.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  return {
    get id() {
      return idNow();
    },
    hold() {
      const hold: JournalHold = {
        journalId: idNow(),
        from: number,
        [Symbol.dispose]: () => void holds.delete(hold),
      };
      holds.add(hold);
      return hold;
    },
    async append(entries, durability) {
      const id = await insert(entries, durability);
      if (id === undefined) {
        generation += 1;
        written = [];
        return false;
      }
      written.push({ number, id });
      number += 1;
      return true;
    },
    prune() {
      pruning ??= pruneAll().finally(() => {
        pruning = undefined;
      });
      return pruning;
    },
  };
}
