import { checkId, storageErrors, toStored } from '@parley/contracts';
import type { Collection, StoredRecord, Write } from '@parley/contracts';
import type { OpenDraft } from './state.ts';
import { copyRecord, entityOf, valueOf } from './values.ts';
import { compileWhere } from './where.ts';

const OWNERS = ['ownerId', 'tenantId'];

type Index = Collection['indexes'][number];

const uniqueIndexes = ({ indexes }: Collection): readonly Index[] => indexes.filter(({ unique }) => unique);

/** What must be unique of a record; nothing when a value is missing or has no order: it is like no other. */
function uniqueValues(record: StoredRecord, { fields }: Index): readonly unknown[] | undefined {
  const values = fields.map((field) => valueOf(record, field));
  return values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value))
    ? values
    : undefined;
}

function duplicate(collection: Collection, { fields }: Index): Error {
  const named = fields.filter((field) => !OWNERS.includes(field));
  return storageErrors.DUPLICATE({ entity: entityOf(collection.name), fields: named.length > 0 ? named : fields });
}

function checkUnique(draft: OpenDraft, collection: Collection, record: StoredRecord): void {
  for (const index of uniqueIndexes(collection)) {
    const values = uniqueValues(record, index);
    if (!values) continue;
    for (const other of draft.state.get(collection.name)?.records.values() ?? []) {
      const isSame = index.fields.every((field, at) => valueOf(other, field) === values[at]);
      if (isSame && other.id !== record.id) throw duplicate(collection, index);
    }
  }
}

/** @throws STORAGE_DUPLICATE when two records of the collection have the same unique values */
export function checkAllUnique(draft: OpenDraft, collection: Collection): void {
  for (const index of uniqueIndexes(collection)) {
    const seen = new Set<string>();
    for (const record of draft.state.get(collection.name)?.records.values() ?? []) {
      const values = uniqueValues(record, index);
      const key = JSON.stringify(values);
      if (values && seen.has(key)) throw duplicate(collection, index);
      if (values) seen.add(key);
    }
  }
}

/** The record that a write means. @throws STORAGE_NOT_FOUND, STORAGE_CONFLICT */
function findRecord(draft: OpenDraft, write: Exclude<Write, { kind: 'insert' }>): StoredRecord {
  const { collection, id, where, rev } = write;
  const entity = entityOf(collection);
  const match = compileWhere(where, collection);
  const record = draft.state.get(collection)?.records.get(checkId(id, entity));
  const facts = { entity, id };
  if (record === undefined || !match(record)) throw storageErrors.NOT_FOUND(facts);
  if (rev !== undefined && rev !== record.rev) throw storageErrors.CONFLICT(facts);
  return record;
}

function put(draft: OpenDraft, collection: Collection, record: StoredRecord): StoredRecord {
  const kept = copyRecord(toStored(record, entityOf(collection.name)));
  checkUnique(draft, collection, kept);
  draft.apply({ collection: collection.name, put: kept });
  return copyRecord(kept);
}

/** Does one write in `draft`. @throws what `StorageSession.write` throws */
export function applyWrite(draft: OpenDraft, collection: Collection, write: Write): StoredRecord | undefined {
  if (write.kind === 'insert') {
    if (draft.state.get(collection.name)?.records.has(write.record.id)) {
      throw storageErrors.DUPLICATE({ entity: entityOf(collection.name), fields: ['id'] });
    }
    return put(draft, collection, write.record);
  }
  const old = findRecord(draft, write);
  if (write.kind === 'update') {
    return put(draft, collection, { ...old, ...write.patch, id: old.id, rev: old.rev + 1 });
  }
  draft.apply({ collection: collection.name, remove: old.id });
  return undefined;
}
