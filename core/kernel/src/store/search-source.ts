import { isAppError, storageErrors } from '@parley/contracts';
import type {
  AnyEntity,
  SearchChange,
  SearchDocument,
  SearchSource,
  StorageDriver,
  StoredRecord,
  Write,
} from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import { ownershipOf } from './ownership.ts';
import { searchFingerprint, searchOf, toSearchDocument } from './search-document.ts';
import { searchOutboxCollection } from './search-outbox.ts';
import type { SearchOutbox } from './search-outbox.ts';

const OUTBOX = searchOutboxCollection.name;

/** What the source reads. */
export interface SearchSourceOptions {
  /** @throws STORAGE_UNAVAILABLE while nothing provides one */
  readonly driver: () => StorageDriver;
  /** Entities of the plugins in use, by collection. */
  readonly entities: () => ReadonlyMap<string, AnyEntity>;
  readonly outbox: Pick<SearchOutbox, 'onChange' | 'prepare'>;
}

const toChange = ({ id, ...record }: StoredRecord): SearchChange => {
  const recordId = record['recordId'];
  return { id, collection: String(record['collection']), ...(typeof recordId === 'string' ? { recordId } : {}) };
};

/** The records of all plugins as a search index is filled from them. */
export function createSearchSource({ driver, entities, outbox }: SearchSourceOptions): SearchSource {
  const entityOf = (collection: string): AnyEntity => {
    const entity = entities().get(collection);
    if (entity === undefined) throw kernelErrors.UNKNOWN_COLLECTION({ collection, known: [...entities().keys()] });
    return entity;
  };
  const toDocuments = (collection: string, records: readonly StoredRecord[]): SearchDocument[] => {
    const search = searchOf(entityOf(collection));
    return search === undefined ? [] : records.flatMap((record) => toSearchDocument(collection, search, record) ?? []);
  };
  return {
    kinds: () =>
      [...entities()].flatMap(([collection, entity]) => {
        const search = searchOf(entity);
        return search === undefined ? [] : [{ collection, fingerprint: searchFingerprint(entity, search) }];
      }),
    async changes(limit) {
      await outbox.prepare(driver(), []);
      return (await driver().find(OUTBOX, { limit })).items.map(toChange);
    },
    async settle(changeIds) {
      const deletes = changeIds.map((id): Write => ({ kind: 'delete', collection: OUTBOX, id, where: {} }));
      if (await isForgotten(driver(), deletes)) return;
      for (const each of deletes) await isForgotten(driver(), [each]);
    },
    async documents(collection, ids, reader) {
      if (ids.length === 0) return [];
      const own = reader === undefined ? {} : ownershipOf(entityOf(collection), reader).where;
      const query = { where: { and: [own, { id: { in: ids } }] }, limit: ids.length };
      return toDocuments(collection, (await driver().find(collection, query)).items);
    },
    async page(collection, { limit, after }) {
      const page = await driver().find(collection, { limit, ...(after === undefined ? {} : { after }) });
      const documents = toDocuments(collection, page.items);
      return { documents, read: page.items.length, ...(page.next === undefined ? {} : { next: page.next }) };
    },
    count: (collection) => driver().count(collection, {}),
    onChange: outbox.onChange,
  };
}

/** `false` when one of them was gone already: two nodes may have brought the same change to the index. */
async function isForgotten(driver: StorageDriver, deletes: readonly Write[]): Promise<boolean> {
  try {
    if (deletes.length > 0) await driver.write(deletes, 'relaxed');
    return true;
  } catch (error) {
    if (!isAppError(error, storageErrors.NOT_FOUND.code)) throw error;
    return false;
  }
}
