import { isAppError } from '@parley/contracts';
import type { SearchIndex, SearchSource } from '@parley/contracts';
import type { IndexState } from '../contract/index.ts';
import type { FillLog } from './fill-log.ts';

/** How far the index has been filled. */
export interface IndexProgress {
  readonly isFilled: boolean;
  readonly done: number;
  readonly total: number;
}

/** Counts what was brought into the index, and what there is. */
export async function readProgress(
  { source, log }: { readonly source: SearchSource; readonly log: FillLog },
  incarnation: string,
): Promise<IndexProgress> {
  let isFilled = true;
  let done = 0;
  let total = 0;
  for (const kind of source.kinds()) {
    const fill = await log.find(kind, incarnation);
    isFilled &&= fill.isDone;
    const count = fill.isDone ? fill.done : await source.count(kind.collection);
    total += count;
    done += Math.min(fill.done, count);
  }
  return { isFilled, done, total };
}

/** How the index is, for who runs the server. */
export async function readState(deps: {
  readonly source: SearchSource;
  readonly log: FillLog;
  readonly withIndex: <T>(work: (index: SearchIndex) => Promise<T>) => Promise<T>;
}): Promise<IndexState> {
  try {
    const { documents, bytes, incarnation } = await deps.withIndex((index) => index.statistics());
    const { isFilled, done, total } = await readProgress(deps, incarnation);
    return { state: isFilled ? 'ready' : 'filling', documents, done, total, ...(bytes === undefined ? {} : { bytes }) };
  } catch (error) {
    if (!isAppError(error, 'SEARCH_UNAVAILABLE')) throw error;
    return { state: 'away', reason: error.message, done: 0, total: 0 };
  }
}
