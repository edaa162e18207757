import { AsyncLocalStorage } from 'node:async_hooks';
import { storageErrors } from '@parley/contracts';
import type { Collection, Durability, StorageDriver, StorageSession } from '@parley/contracts';
import { readBatches, readStatistics, restoreBatch } from './copies.ts';
import { sampleErrors } from './errors.ts';
import { openJournal } from './journal.ts';
import { prepareCollection } from './prepare.ts';
import { createReads } from './reads.ts';
import { createDraft } from './state.ts';
import type { Draft, OpenDraft } from './state.ts';
import { invalid, valueOf } from './values.ts';
import { applyWrite } from './writes.ts';

/** A driver on one file. */
export interface SampleDriver extends StorageDriver {
  /** Removes records whose time to live has passed at `now`, milliseconds since 1970. */
  sweep(now: number): Promise<void>;
  /** Waits for the writes under way and lets go of the file. */
  close(): Promise<void>;
}

/** Work one after the other, in the order it came. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

/** An open transaction: what it wrote so far is a draft that nobody else sees. */
interface Scope {
  isOpen: boolean;
  draft: Draft;
  durability: Durability;
}

function removeExpired(draft: OpenDraft, { name, ttl }: Collection, instant: string): void {
  if (ttl === undefined) return;
  for (const record of draft.state.get(name)?.records.values() ?? []) {
    const until = valueOf(record, ttl);
    if (typeof until === 'string' && until < instant) draft.apply({ collection: name, remove: record.id });
  }
}

/** Opens the file, making it when there is none. */
export async function openDriver(file: string): Promise<SampleDriver> {
  const opened = await openJournal(file);
  const { journal } = opened;
  let committed = opened.state;
  let isClosed = false;
  const collections = new Map<string, Collection>();
  const inTurn = createTurns();
  const scopes = new AsyncLocalStorage<Scope>();

  const collectionOf = (name: string): Collection => {
    if (isClosed) throw storageErrors.UNAVAILABLE();
    const collection = collections.get(name);
    if (collection) return collection;
    throw invalid(name, `it was never prepared; prepared are: ${[...collections.keys()].join(', ') || 'none'}`);
  };
  const createSession = (scope: Scope): StorageSession => {
    const draftNow = (): Draft => {
      if (!scope.isOpen) throw sampleErrors.TRANSACTION_ENDED();
      return scope.draft;
    };
    return {
      ...createReads(collectionOf, () => draftNow().state),
      async write(writes, durability = 'full') {
        const { state, changes } = draftNow();
        const batch = createDraft(state);
        const results = writes.map((write) => applyWrite(batch, collectionOf(write.collection), write));
        // Only now, so that a batch which failed has left nothing.
        scope.draft = { state: batch.state, changes: [...changes, ...batch.changes] };
        if (durability === 'full') scope.durability = 'full';
        return results;
      },
    };
  };
  const commit = async ({ state, changes }: Draft, durability: Durability): Promise<void> => {
    if (changes.length > 0) await journal.append(changes, durability);
    committed = state;
  };
  const transaction: StorageDriver['transaction'] = async (work) => {
    if (scopes.getStore()?.isOpen) throw storageErrors.NESTED_WRITE();
    return inTurn(async () => {
      const scope: Scope = { isOpen: true, draft: { state: committed, changes: [] }, durability: 'relaxed' };
      try {
        const result = await scopes.run(scope, () => work(createSession(scope)));
        scope.isOpen = false;
        await commit(scope.draft, scope.durability);
        return result;
      } finally {
        scope.isOpen = false;
      }
    });
  };
  return {
    ...createReads(collectionOf, () => committed),
    transaction,
    write: (writes, durability) => transaction((session) => session.write(writes, durability)),
    prepare: (wanted) =>
      inTurn(async () => {
        const draft = createDraft(committed);
        for (const collection of wanted) prepareCollection(draft, collection);
        await commit(draft, 'full');
        for (const collection of wanted) collections.set(collection.name, collection);
      }),
    async *backup(options) {
      yield* readBatches(committed, options);
    },
    async restore(batches) {
      for await (const batch of batches) {
        await inTurn(async () => {
          const draft = createDraft(committed);
          restoreBatch(draft, batch);
          await commit(draft, 'full');
        });
      }
    },
    statistics: async () => readStatistics(committed),
    sweep: (now) =>
      inTurn(async () => {
        const draft = createDraft(committed);
        for (const collection of collections.values()) removeExpired(draft, collection, new Date(now).toISOString());
        await commit(draft, 'relaxed');
      }),
    close: () =>
      inTurn(async () => {
        isClosed = true;
        await journal.close();
      }),
  };
}
