import type { Handlers, SearchIndex, SearchSource } from '@parley/contracts';
import type { searchContract } from '../contract/index.ts';
import type { FillLog } from './fill-log.ts';
import type { createFindRecords } from './find-records.ts';
import { readProgress, readState } from './index-state.ts';
import type { Indexer } from './indexer.ts';

const PROGRESS_MS = 2_000;

/** The operations of this plugin. */
export function createHandlers(deps: {
  readonly find: ReturnType<typeof createFindRecords>;
  readonly source: SearchSource;
  readonly log: FillLog;
  readonly indexer: Pick<Indexer, 'wake'>;
  readonly withIndex: <T>(work: (index: SearchIndex) => Promise<T>) => Promise<T>;
  readonly now: () => number;
}): Handlers<(typeof searchContract)['operations']> {
  const { find, indexer, withIndex, now } = deps;
  let progress: { readonly atMs: number; readonly filled: Promise<number | undefined> } | undefined;

  const readFilled = async (index: SearchIndex): Promise<number | undefined> => {
    const { incarnation } = await index.statistics();
    const { isFilled, done, total } = await readProgress(deps, incarnation);
    return isFilled ? undefined : Math.min(done / Math.max(total, 1), 1);
  };
  /** Searches come many at a time; how far the index is, changes slowly. */
  const filledOf = (index: SearchIndex): Promise<number | undefined> => {
    if (progress === undefined || now() - progress.atMs > PROGRESS_MS)
      progress = { atMs: now(), filled: readFilled(index) };
    return progress.filled;
  };

  return {
    search: (wanted, { principal, signal }) =>
      withIndex(async (index) => {
        const page = await find(index, principal, wanted, signal);
        const filled = await filledOf(index);
        return { ...page, ...(filled === undefined ? {} : { filled }) };
      }),
    state: () => readState(deps),
    async refill() {
      await withIndex((index) => index.clear());
      progress = undefined;
      indexer.wake();
      return await readState(deps);
    },
  };
}
