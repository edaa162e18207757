import { isDeepStrictEqual } from 'node:util';
import { storageErrors, toStored } from '@parley/contracts';
import type { Collection, StoredRecord } from '@parley/contracts';
import type { mongo } from 'mongoose';
import type { Database } from './database.ts';
import { toDocument, toRecord, versionOf } from './documents.ts';
import type { StoredDocument } from './documents.ts';
import { errors } from './errors.ts';
import type { Layout } from './layout.ts';

const BATCH = 200;

/** @throws STORAGE_INVALID when a step from `from` to the collection's version is missing */
export function checkSteps({ name, version, migrate }: Collection, from: number): void {
  for (let step = from; step < version; step += 1) {
    if (migrate?.[step] !== undefined) continue;
    throw storageErrors.INVALID({ entity: name, reason: `there is no migration from version ${step}` });
  }
}

/** `old`, of version `from`, as the collection's version. What the store keeps of every record stays as it is. */
function migrateRecord(collection: Collection, old: StoredRecord, from: number): StoredRecord {
  const { id, tenantId, ownerId, createdAt, updatedAt, rev } = old;
  checkSteps(collection, from);
  let record: Record<string, unknown> = { ...old };
  for (let version = from; version < collection.version; version += 1) {
    try {
      record = { ...collection.migrate?.[version]?.(record) };
    } catch (error) {
      throw errors.MIGRATION({ id, collection: collection.name, version }, error);
    }
  }
  const owner = ownerId === undefined ? {} : { ownerId };
  return toStored({ ...record, id, tenantId, ...owner, createdAt, updatedAt, rev }, collection.name);
}

/** What a document becomes; its own version says where to begin, so that no record is migrated twice. */
function rewritten(layout: Layout, document: StoredDocument): StoredDocument {
  const from = versionOf(document);
  const { collection } = layout;
  if (from > collection.version) {
    throw errors.NEWER_DATA({ collection: collection.name, found: from, known: collection.version });
  }
  return toDocument(layout, migrateRecord(collection, toRecord(document), from));
}

/**
 * Writes all documents of a collection anew that are not as `layout` wants them. Each document says its version, so that it
 * goes on where it stood when the process ended half-way. `isGuarded`: a record that changes meanwhile is read once more.
 */
export async function rewriteDocuments(
  database: Database,
  layout: Layout,
  options: mongo.BulkWriteOptions,
  { assertHeld, isGuarded }: { readonly assertHeld: () => void; readonly isGuarded: boolean },
): Promise<void> {
  const collection = database.of(layout);
  let after: string | undefined;
  for (;;) {
    const place = after === undefined ? {} : { _id: { $gt: after } };
    const found = await collection.find(place).sort({ _id: 1 }).limit(BATCH).toArray();
    const documents = found as unknown as StoredDocument[];
    const operations = documents.flatMap((document) => {
      const replacement = rewritten(layout, document);
      if (isDeepStrictEqual(replacement, document)) return [];
      const filter = isGuarded ? { _id: document._id, rev: document['rev'] } : { _id: document._id };
      return [{ replaceOne: { filter, replacement } }];
    });
    assertHeld();
    const matched = await database.bulk(layout.name, operations, options);
    if (matched < operations.length) continue;
    after = documents.at(-1)?._id;
    if (documents.length < BATCH) return;
  }
}
