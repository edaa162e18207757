import { storageErrors } from '@parley/contracts';
import type { Collection, Durability } from '@parley/contracts';
import type { Connection, mongo } from 'mongoose';
import { concernOf } from './database.ts';
import type { Database } from './database.ts';
import { namedFields } from './draft.ts';
import { errors } from './errors.ts';
import { INDEX_PREFIX } from './layout.ts';
import type { Layout } from './layout.ts';
import { checkSteps, rewriteDocuments } from './migrate.ts';
import { createModels } from './models.ts';
import { isDuplicate } from './mongo-errors.ts';

interface PrepareDeps {
  readonly connection: Connection;
  readonly database: Database;
  readonly db: mongo.Db;
  readonly hasTtl: boolean;
  readonly timeoutMs: number;
  readonly assertHeld: () => void;
  /** Other nodes may change records meanwhile. */
  readonly isGuarded: boolean;
}

type WantedIndexes = readonly [key: Record<string, unknown>, options: { name?: string; [option: string]: unknown }][];

const DURABILITY: Durability = 'full';

/** Indexes of a model, without what Mongoose adds, and without what the server does not know. */
const indexesOf = (indexes: readonly unknown[], hasTtl: boolean): WantedIndexes =>
  (indexes as WantedIndexes)
    .filter(([, { expireAfterSeconds }]) => hasTtl || expireAfterSeconds === undefined)
    .map(([key, { name, unique, sparse, expireAfterSeconds }]) => [
      key,
      Object.fromEntries(
        Object.entries({ name, unique, sparse, expireAfterSeconds }).filter(([, value]) => value !== undefined),
      ),
    ]);

const isNoSuchCollection = (error: unknown): boolean => (error as { code?: unknown }).code === 26;

async function existingIndexes(collection: mongo.Collection): Promise<ReadonlySet<string>> {
  try {
    return new Set((await collection.indexes()).flatMap(({ name }) => name ?? []));
  } catch (error) {
    if (isNoSuchCollection(error)) return new Set();
    throw error;
  }
}

/** Drops what the driver once made and nobody wants any more. */
async function dropLeftOver(collection: mongo.Collection, wanted: WantedIndexes): Promise<void> {
  const names = new Set(wanted.map(([, { name }]) => name));
  for (const name of await existingIndexes(collection)) {
    if (name.startsWith(INDEX_PREFIX) && !names.has(name)) await collection.dropIndex(name);
  }
}

async function createMissing(collection: mongo.Collection, wanted: WantedIndexes, layout: Layout): Promise<void> {
  const existing = await existingIndexes(collection);
  for (const [key, options] of wanted) {
    if (existing.has(options.name ?? '')) continue;
    try {
      await collection.createIndex(key as mongo.IndexSpecification, options);
    } catch (error) {
      if (!isDuplicate(error) && !/UNIQUE constraint/.test(String(error))) throw error;
      const unique = layout.uniques.find(({ path }) => path in key);
      throw storageErrors.DUPLICATE({ entity: layout.entity, fields: unique ? namedFields(unique) : [] }, error);
    }
  }
}

/** Whether something has to be done for a collection, which only the holder of the lease may. */
async function isBehind(deps: PrepareDeps, layout: Layout, wanted: WantedIndexes): Promise<boolean> {
  const entry = await deps.database.catalog.findOne({ _id: layout.collection.name });
  if (entry === null || entry.version !== layout.collection.version || entry.shadows !== layout.shadows) return true;
  const existing = await existingIndexes(deps.db.collection(layout.name));
  const names = wanted.map(([, { name }]) => name ?? '');
  return (
    names.some((name) => !existing.has(name)) ||
    [...existing].some((name) => name.startsWith(INDEX_PREFIX) && !names.includes(name))
  );
}

/** Brings one collection to what it should be; each step may be repeated. */
async function prepareCollection(deps: PrepareDeps, layout: Layout, wanted: WantedIndexes): Promise<void> {
  const { database, db, timeoutMs } = deps;
  const { name, version, scope } = layout.collection;
  const options = concernOf(DURABILITY, timeoutMs);
  const found = await database.catalog.findOne({ _id: name });
  if (found !== null && found.version > version) {
    throw errors.NEWER_DATA({ collection: name, found: found.version, known: version });
  }
  if (found !== null) checkSteps(layout.collection, found.version);
  const collection = db.collection(layout.name);
  if (found === null) await db.createCollection(layout.name).catch(() => undefined);
  await dropLeftOver(collection, wanted);
  if (found !== null && (found.version !== version || found.shadows !== layout.shadows)) {
    // Empty until all are done: who goes on after a kill looks at every document again.
    await database.catalog.replaceOne({ _id: name }, { version, scope, shadows: '' }, options);
    await rewriteDocuments(database, layout, options, deps);
  }
  await createMissing(collection, wanted, layout);
  await database.catalog.replaceOne(
    { _id: name },
    { version, scope, shadows: layout.shadows },
    { ...options, upsert: true },
  );
}

/**
 * Makes collections and indexes what they should be, and migrates. `underLease` runs what changes something, on one node
 * at a time; a node that finds everything as it should be does not wait.
 */
export async function prepareCollections(
  deps: PrepareDeps,
  collections: readonly Collection[],
  layouts: readonly Layout[],
  underLease: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const models = await createModels(deps.connection, collections);
  const jobs = layouts.map((layout) => ({
    layout,
    wanted: indexesOf(models[layout.collection.name]?.schema.indexes() ?? [], deps.hasTtl),
  }));
  const behind: typeof jobs = [];
  for (const job of jobs) if (await isBehind(deps, job.layout, job.wanted)) behind.push(job);
  if (behind.length === 0) return;
  await underLease(async () => {
    for (const { layout, wanted } of behind) await prepareCollection(deps, layout, wanted);
  });
}
