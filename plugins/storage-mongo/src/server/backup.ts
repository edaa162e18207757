import { toStored } from '@parley/contracts';
import type { BackupOptions, RecordBatch, StorageStatistics } from '@parley/contracts';
import type { mongo } from 'mongoose';
import { concernOf } from './database.ts';
import type { CatalogEntry, Database } from './database.ts';
import { toRecord, versionOf, withOwnPart } from './documents.ts';
import type { StoredDocument } from './documents.ts';
import type { Images } from './images.ts';
import { createLayout } from './layout.ts';
import { compareTexts } from './matches.ts';
import { toCollectionName } from './names.ts';

const BATCH_RECORDS = 500;
const BATCH_BYTES = 1_000_000;

interface Kept {
  readonly document: StoredDocument;
  readonly version: number;
}

const byName = (one: CatalogEntry, other: CatalogEntry): number => compareTexts(one._id, other._id);

/** Documents of one collection in order, those that changed since the backup began as they were. */
async function* readKept(
  documents: AsyncIterable<StoredDocument>,
  images: () => ReadonlyMap<string, Kept | undefined>,
  after: string | undefined,
): AsyncGenerator<Kept> {
  let place = after;
  // What was removed is only in the images, and belongs before the next document that is still there.
  const passed = (until: string | undefined): readonly Kept[] =>
    [...images()]
      .filter(
        ([id]) =>
          (place === undefined || compareTexts(id, place) > 0) && (until === undefined || compareTexts(id, until) <= 0),
      )
      .toSorted(([one], [other]) => compareTexts(one, other))
      .flatMap(([, kept]) => kept ?? []);
  for await (const document of documents) {
    const isChanged = images().has(document._id);
    if (images().size > 0) yield* passed(document._id);
    if (!isChanged) yield { document, version: versionOf(document) };
    place = document._id;
  }
  if (images().size > 0) yield* passed(undefined);
}

async function* toBatches(
  entry: CatalogEntry,
  kept: AsyncIterable<Kept>,
  sizeOf: (document: object) => number,
): AsyncGenerator<RecordBatch> {
  let part: Kept[] = [];
  let bytes = 0;
  const batch = (): RecordBatch => ({
    collection: entry._id,
    version: part[0]?.version ?? entry.version,
    scope: entry.scope,
    records: part.map(({ document }) => toRecord(document)),
  });
  for await (const each of kept) {
    const size = sizeOf(each.document);
    const isFull = part.length >= BATCH_RECORDS || bytes + size > BATCH_BYTES || part[0]?.version !== each.version;
    if (part.length > 0 && isFull) {
      yield batch();
      part = [];
      bytes = 0;
    }
    part.push(each);
    bytes += size;
  }
  if (part.length > 0) yield batch();
}

/** Every record of every collection, in the order of a backup. */
export async function* readBatches(
  database: Database,
  sizeOf: (document: object) => number,
  { signal, after }: BackupOptions,
  view: { readonly session?: mongo.ClientSession; readonly images: Images },
): AsyncGenerator<RecordBatch> {
  const snapshot = () =>
    view.session === undefined ? {} : { session: view.session, readConcern: { level: 'snapshot' as const } };
  const entries = (await database.catalog.find({}, snapshot()).toArray()).toSorted(byName);
  for (const entry of entries) {
    const isBefore = after !== undefined && compareTexts(entry._id, after.collection) < 0;
    if (isBefore) continue;
    const behind = after?.collection === entry._id ? after.id : undefined;
    const filter = behind === undefined ? {} : { _id: { $gt: behind } };
    const found = database
      .records(toCollectionName(entry._id))
      .find(filter, snapshot())
      .sort({ _id: 1 })
      .batchSize(200);
    const images = (): ReadonlyMap<string, Kept | undefined> =>
      new Map(
        [...(view.images.get(entry._id) ?? [])].map(([id, record]) => [
          id,
          record === undefined ? undefined : { document: withOwnPart(record, {}), version: entry.version },
        ]),
      );
    const documents = readKept(found, images, behind);
    for await (const batch of toBatches(entry, documents, sizeOf)) {
      signal?.throwIfAborted();
      yield batch;
    }
  }
}

/** Keeps batches as they come, in place of records with the same ids. */
export async function restoreBatches(
  database: Database,
  batches: AsyncIterable<RecordBatch>,
  timeoutMs: number,
  write: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const options = concernOf('full', timeoutMs);
  for await (const { collection: name, version, scope, records: given } of batches) {
    const { entity } = createLayout({ name, version, scope, indexes: [] });
    const records = given.map((record) => toStored(record, entity));
    await write(async () => {
      const found = await database.catalog.findOne({ _id: name });
      // Without shadows: the next `prepare` writes unique values and times to live, and migrates.
      const entry = { version: Math.max(version, found?.version ?? 0), scope, shadows: '' };
      await database.catalog.replaceOne({ _id: name }, entry, { ...options, upsert: true });
      const documents = records.map((record) => withOwnPart(record, version === 1 ? {} : { version }));
      const operations = documents.map((document) => ({
        replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
      }));
      await database.bulk(toCollectionName(name), operations, options);
    });
  }
}

/** Bytes that `command` tells of, where the server knows. */
async function storageSize(db: mongo.Db, command: mongo.Document): Promise<{ readonly bytes?: number }> {
  try {
    const bytes: unknown = (await db.command(command))['storageSize'];
    return typeof bytes === 'number' ? { bytes } : {};
  } catch {
    return {};
  }
}

/** How much the database keeps. */
export async function readStatistics(database: Database, db: mongo.Db): Promise<StorageStatistics> {
  const entries = (await database.catalog.find().toArray()).toSorted(byName);
  const collections: StorageStatistics['collections'][number][] = [];
  for (const { _id: name, version, scope } of entries) {
    const collection = toCollectionName(name);
    const count = await database.records(collection).countDocuments({});
    collections.push({ name, version, scope, count, ...(await storageSize(db, { collStats: collection })) });
  }
  return { ...(await storageSize(db, { dbStats: 1 })), collections };
}
