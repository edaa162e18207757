import { checkCollection, toStored } from '@parley/contracts';
import type { Collection, StoredRecord } from '@parley/contracts';
import { sampleErrors } from './errors.ts';
import type { OpenDraft } from './state.ts';
import { copyRecord, entityOf, invalid } from './values.ts';
import { checkAllUnique } from './writes.ts';

/** `old` as the newest version. What the store keeps of every record stays as it is. */
function migrateRecord(collection: Collection, old: StoredRecord, from: number): StoredRecord {
  const { name, version: to, migrate = {} } = collection;
  const { id, tenantId, ownerId, createdAt, updatedAt, rev } = old;
  let record: Record<string, unknown> = { ...copyRecord(old) };
  for (let version = from; version < to; version += 1) {
    const step = migrate[version];
    if (!step) throw invalid(name, `there is no migration from version ${version}`);
    try {
      record = step(record);
    } catch (error) {
      throw sampleErrors.MIGRATION({ id, collection: name, version }, error);
    }
  }
  const owner = ownerId === undefined ? {} : { ownerId };
  return toStored({ ...record, id, tenantId, ...owner, createdAt, updatedAt, rev }, entityOf(name));
}

/**
 * Brings one collection to what it should be, in `draft`.
 * @throws SAMPLE_NEWER_DATA, SAMPLE_MIGRATION, STORAGE_DUPLICATE for a new unique index that does not hold
 */
export function prepareCollection(draft: OpenDraft, collection: Collection): void {
  const { name, version, scope } = checkCollection(collection);
  const found = draft.state.get(name);
  if (found && found.version > version) {
    throw sampleErrors.NEWER_DATA({ collection: name, found: found.version, known: version });
  }
  if (found?.version !== version || found.versions.size > 0) {
    draft.apply({ collection: name, version, scope });
    for (const old of found?.records.values() ?? []) {
      draft.apply({
        collection: name,
        put: migrateRecord(collection, old, found?.versions.get(old.id) ?? found?.version ?? version),
      });
    }
  }
  checkAllUnique(draft, collection);
}
