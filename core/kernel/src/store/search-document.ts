import type { AnyEntity, EntitySearch, SearchDocument, StoredRecord } from '@parley/contracts';

/** How records of one entity become documents. */
export interface Search extends EntitySearch<StoredRecord> {
  /** Field with the id of the record's parent. */
  readonly parent: string | undefined;
}

const listed = (fields: readonly string[]): EntitySearch<StoredRecord> => ({
  fields,
  text: (record) =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const value = record[field];
        return typeof value === 'string' ? [[field, value]] : [];
      }),
    ),
});

const searches = new WeakMap<AnyEntity, Search>();

/** How an entity is searched; `undefined` when it is not. Only what has an owner can be. */
export function searchOf(entity: AnyEntity): Search | undefined {
  const { search, scope, parent } = entity;
  if (search === undefined || scope !== 'user') return undefined;
  const known = searches.get(entity);
  if (known !== undefined) return known;
  const made: Search = { ...('length' in search ? listed(search) : (search as EntitySearch<StoredRecord>)), parent };
  searches.set(entity, made);
  return made;
}

/** Differs whenever the same record gives another document. */
export const searchFingerprint = (entity: AnyEntity, { fields, version = 1 }: Search): string =>
  `${entity.version}/${version}:${fields.join(',')}`;

/** The document of a record; `undefined` when there is nothing in it to be found. */
export function toSearchDocument(collection: string, search: Search, record: StoredRecord): SearchDocument | undefined {
  const { id, rev, tenantId, ownerId, createdAt } = record;
  if (ownerId === undefined) return undefined;
  const text = search.text(record);
  if (Object.values(text).every((each) => each.trim() === '')) return undefined;
  const parentId = search.parent === undefined ? undefined : record[search.parent];
  const tags = search.tags?.(record);
  return {
    collection,
    id,
    rev,
    tenantId,
    ownerId,
    ...(typeof parentId === 'string' ? { parentId } : {}),
    at: search.at?.(record) ?? createdAt,
    text,
    ...(tags === undefined ? {} : { tags }),
  };
}
