import { DEFAULT_TENANT, isAppError, newId, storageErrors } from '@parley/contracts';
import type { AnyEntity, Collection, StorageDriver, StorageSession, StoredRecord, Write } from '@parley/contracts';
import type { Clock } from '../plugin-context.ts';
import { searchOf, toSearchDocument } from './search-document.ts';

/** Rows that say which records the search index may not have. */
export const searchOutboxCollection: Collection = {
  name: 'kernel.search-outbox',
  scope: 'global',
  version: 1,
  indexes: [],
};

/** Notes, together with each write, that the search index has to look at its record again. */
export interface SearchOutbox {
  /** `session` with the notes added to its writes; the same session for an entity that is not searched. */
  over(session: StorageSession, collection: string, entity: AnyEntity): StorageSession;
  /** Makes ready for notes of `collections`. While nothing is searched, one note stands for all that is written meanwhile. */
  prepare(driver: StorageDriver, collections: readonly string[]): Promise<void>;
  /** Calls back when something was noted; returns its undo. */
  onChange(listener: () => void): () => void;
}

/** A note; without a record it stands for any number of them. */
export function toNote(id: string, about: { collection: string; recordId?: string }, nowMs: number): StoredRecord {
  const at = new Date(nowMs).toISOString();
  return { ...about, id, tenantId: DEFAULT_TENANT, createdAt: at, updatedAt: at, rev: 1 };
}

/** Whether a write may change what is found. */
function isNews(write: Write, entity: AnyEntity): boolean {
  const search = searchOf(entity);
  if (search === undefined) return false;
  if (write.kind === 'delete') return true;
  if (write.kind === 'update') return search.fields.some((field) => Object.hasOwn(write.patch, field));
  return toSearchDocument(write.collection, search, write.record) !== undefined;
}

const idOf = (write: Write): string => (write.kind === 'insert' ? write.record.id : write.id);

/** An outbox; `hasIndex` tells whether anything in the composition provides a search index. */
export function createSearchOutbox({ clock, hasIndex }: { clock: Clock; hasIndex: () => boolean }): SearchOutbox {
  const listeners = new Set<() => void>();
  // Once there was an index, notes go on: a change back and forth while serving must not lose any.
  let isNoting = false;
  const prepared = new WeakSet<StorageDriver>();
  const mustNote = (): boolean => (isNoting ||= hasIndex());
  const note = (write: Write): Write => ({
    kind: 'insert',
    collection: searchOutboxCollection.name,
    record: toNote(newId(), { collection: write.collection, recordId: idOf(write) }, clock.now()),
  });

  return {
    over(session, collection, entity) {
      if (searchOf(entity) === undefined) return session;
      return {
        get: (...call) => session.get(...call),
        find: (...call) => session.find(...call),
        count: (...call) => session.count(...call),
        async write(writes, durability) {
          if (!mustNote()) return await session.write(writes, durability);
          const notes = writes.filter((each) => each.collection === collection && isNews(each, entity)).map(note);
          if (notes.length === 0) return await session.write(writes, durability);
          const written = await session.write([...writes, ...notes], durability);
          for (const listener of listeners) listener();
          return written.slice(0, writes.length);
        },
      };
    },
    async prepare(driver, collections) {
      if (!prepared.has(driver)) await driver.prepare([searchOutboxCollection]);
      prepared.add(driver);
      if (mustNote()) return;
      for (const collection of collections) await noteGap(driver, collection, clock.now());
    },
    onChange(listener) {
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

async function noteGap(driver: StorageDriver, collection: string, nowMs: number): Promise<void> {
  const { name } = searchOutboxCollection;
  const id = `gap:${collection}`;
  if ((await driver.get(name, id, {})) !== undefined) return;
  try {
    await driver.write([{ kind: 'insert', collection: name, record: toNote(id, { collection }, nowMs) }]);
  } catch (error) {
    if (!isAppError(error, storageErrors.DUPLICATE.code)) throw error;
  }
}
