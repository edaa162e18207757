import type { SearchChange, SearchIndex, SearchKind, SearchSource } from '@parley/contracts';
import type { FillLog } from './fill-log.ts';

/** The two things that bring an index up to date; each call is one step, so that they can take turns. */
export interface IndexSteps {
  /** Brings what was written to the index. Resolves with whether there may be more. */
  drain(index: SearchIndex): Promise<boolean>;
  /** Brings a page of a kind that the index does not have yet. Resolves with whether there may be more. */
  fill(index: SearchIndex): Promise<boolean>;
}

const groupByCollection = (changes: readonly SearchChange[]): Map<string, SearchChange[]> =>
  Map.groupBy(changes, ({ collection }) => collection);

/** Steps over a source. */
export function createIndexSteps(deps: {
  readonly source: SearchSource;
  readonly log: FillLog;
  readonly batchSize: number;
}): IndexSteps {
  const { source, log, batchSize } = deps;

  const bring = async (index: SearchIndex, collection: string, changes: readonly SearchChange[]): Promise<void> => {
    const isKnown = source.kinds().some((kind) => kind.collection === collection);
    // Whatever changed while nobody could read it is found by reading all of it, once that is possible.
    if (!isKnown || changes.some(({ recordId }) => recordId === undefined)) await log.forget(collection);
    if (!isKnown) return;
    const ids = [...new Set(changes.flatMap(({ recordId }) => recordId ?? []))];
    const documents = await source.documents(collection, ids);
    const there = new Set(documents.map(({ id }) => id));
    const gone = ids.filter((id) => !there.has(id));
    if (documents.length > 0) await index.put(documents);
    if (gone.length > 0) await index.remove(collection, gone);
  };

  const fillKind = async (index: SearchIndex, kind: SearchKind, incarnation: string): Promise<boolean> => {
    const { after, isDone, done } = await log.find(kind, incarnation);
    if (isDone) return false;
    const page = await source.page(kind.collection, { limit: batchSize, ...(after === undefined ? {} : { after }) });
    if (page.documents.length > 0) await index.put(page.documents);
    await log.keep(kind, incarnation, { after: page.next, isDone: page.next === undefined, done: done + page.read });
    return true;
  };

  return {
    async drain(index) {
      const changes = await source.changes(batchSize);
      for (const [collection, some] of groupByCollection(changes)) await bring(index, collection, some);
      await source.settle(changes.map(({ id }) => id));
      return changes.length === batchSize;
    },
    async fill(index) {
      const { incarnation } = await index.statistics();
      for (const kind of source.kinds()) if (await fillKind(index, kind, incarnation)) return true;
      return false;
    },
  };
}
