import { storageErrors } from '@parley/contracts';
import type { Durability } from '@parley/contracts';
import type { mongo } from 'mongoose';
import { concernOf } from './database.ts';
import type { Database } from './database.ts';
import { toDocument } from './documents.ts';
import type { StoredChange } from './documents.ts';
import { namedFields } from './draft.ts';
import type { Change } from './draft.ts';
import { byCollection } from './journal.ts';
import type { Journal } from './journal.ts';
import { uniqueValue } from './layout.ts';
import { isDuplicate, toStorageError } from './mongo-errors.ts';
import { OWN } from './names.ts';

/** Makes changes: all of them or none. */
export interface Commit {
  (changes: readonly Change[], durability: Durability): Promise<void>;
}

/** A change was decided on a record that is no longer so. */
export class StaleChange extends Error {}

interface CommitDeps {
  readonly database: Database;
  readonly sizeOf: (document: object) => number;
  readonly timeoutMs: number;
}

/** MongoDB's limit of 16 MiB, less what goes around a record. */
const MAX_BYTES = 16_700_000;

function toStoredChange({ layout, id, after }: Change, sizeOf: (document: object) => number): StoredChange {
  if (after === undefined) return { name: layout.name, id };
  const document = toDocument(layout, after);
  const bytes = sizeOf(document);
  if (bytes > MAX_BYTES) {
    const reason = `${id} takes ${bytes} bytes, more than the ${MAX_BYTES} that MongoDB keeps in one record`;
    throw storageErrors.INVALID({ entity: layout.entity, reason });
  }
  return { name: layout.name, id, document };
}

/** Which field of a refused record is taken; the server's own words for it differ. */
async function explainDuplicate(database: Database, { layout, id, after }: Change): Promise<Error> {
  for (const unique of layout.uniques) {
    const value = after === undefined ? undefined : uniqueValue(after, unique);
    if (value === undefined) continue;
    const holder = await database.of(layout).findOne({ [unique.path]: value }, { projection: { _id: 1 } });
    if (holder !== null && holder._id !== id) {
      return storageErrors.DUPLICATE({ entity: layout.entity, fields: namedFields(unique) });
    }
  }
  return storageErrors.DUPLICATE({ entity: layout.entity, fields: ['id'] });
}

/** Makes one change, which every server does wholly or not at all. `guard` names the state it was decided on. */
async function commitOne(deps: CommitDeps, change: Change, durability: Durability, isGuarded: boolean): Promise<void> {
  const { layout, id, before } = change;
  const { document } = toStoredChange(change, deps.sizeOf);
  const collection = deps.database.of(layout);
  const options = concernOf(durability, deps.timeoutMs);
  const filter = { _id: id, ...(isGuarded && before !== undefined ? { rev: before.rev } : {}) };
  try {
    if (before === undefined) {
      if (document !== undefined) await collection.insertOne(document, options);
      return;
    }
    const { matchedCount } =
      document === undefined
        ? { matchedCount: (await collection.deleteOne(filter, options)).deletedCount }
        : await collection.replaceOne(filter, document, options);
    if (matchedCount === 0) throw new StaleChange();
  } catch (error) {
    throw isDuplicate(error) ? await explainDuplicate(deps.database, change) : error;
  }
}

const hasMovedUnique = ({ layout, before, after }: Change): boolean =>
  before !== undefined &&
  after !== undefined &&
  layout.uniques.some((unique) => {
    const value = uniqueValue(before, unique);
    return value !== undefined && value !== uniqueValue(after, unique);
  });

/** Puts changes in place, removals and given-up unique values first. `filterOf` guards; fewer matches than asked are stale. */
async function place(
  deps: CommitDeps,
  changes: readonly Change[],
  stored: readonly StoredChange[],
  options: mongo.BulkWriteOptions,
  filterOf: (change: Change) => Readonly<Record<string, unknown>>,
): Promise<void> {
  const byPlace = new Map(changes.map((change) => [`${change.layout.name} ${change.id}`, change]));
  for (const [name, group] of byCollection(stored)) {
    const collection = deps.database.records(name);
    const entries = group.map((each) => ({ ...each, change: byPlace.get(`${name} ${each.id}`) as Change }));
    for (const { id } of entries.filter(({ change }) => hasMovedUnique(change))) {
      await collection.updateOne({ _id: id }, { $unset: { [`${OWN}.unique`]: 1 } }, options);
    }
    const removals = entries.flatMap(({ document, change }) =>
      document === undefined ? [{ deleteOne: { filter: filterOf(change) } }] : [],
    );
    const inserts = entries.flatMap(({ document, change }) =>
      document !== undefined && change.before === undefined ? [{ insertOne: { document } }] : [],
    );
    const replacements = entries.flatMap(({ document, change }) =>
      document !== undefined && change.before !== undefined
        ? [{ replaceOne: { filter: filterOf(change), replacement: document } }]
        : [],
    );
    for (const operations of [removals, inserts, replacements]) {
      const found = await deps.database.bulk(name, operations, options);
      if (found < operations.length) throw new StaleChange();
    }
  }
}

/** Commits by the transactions of a replica set. */
export function createTransactionCommit(deps: CommitDeps & { readonly client: mongo.MongoClient }): Commit {
  return async (changes, durability) => {
    const [first] = changes;
    if (first === undefined) return;
    if (changes.length === 1) return commitOne(deps, first, durability, true);
    const stored = changes.map((change) => toStoredChange(change, deps.sizeOf));
    const filterOf = ({ id, before }: Change) => ({ _id: id, rev: before?.rev });
    const { writeConcern } = concernOf(durability, deps.timeoutMs);
    // Nothing of the plugin's runs in here, so the driver may repeat it when it collides with another.
    await deps.client.withSession((session) =>
      session.withTransaction(() => place(deps, changes, stored, { session }, filterOf), {
        readConcern: { level: 'snapshot' },
        readPreference: 'primary',
        writeConcern,
        maxCommitTimeMS: deps.timeoutMs,
      }),
    );
  };
}

/** What a commit by journal asks of its surroundings. */
export interface JournalCommitDeps extends CommitDeps {
  readonly journal: Journal;
  /** Throws when this node may no longer write. */
  readonly assertHeld: () => void;
  /** Keeps readers of this process away while changes are put in place one after the other. */
  readonly whileHidden: (work: () => Promise<void>) => Promise<void>;
  /** The journal holds a batch that is not in place. */
  readonly onUnfinished: () => void;
}

/** Commits by a journal that is written first, under the lease; for servers without transactions. */
export function createJournalCommit(deps: JournalCommitDeps): Commit {
  return async (changes, durability) => {
    const [first] = changes;
    if (first === undefined) return;
    deps.assertHeld();
    if (changes.length === 1) {
      await commitOne(deps, first, durability, false).catch((error: unknown) => {
        throw error instanceof StaleChange ? storageErrors.UNAVAILABLE({}, error) : error;
      });
      return;
    }
    const stored = changes.map((change) => toStoredChange(change, deps.sizeOf));
    const options = concernOf(durability, deps.timeoutMs);
    await deps.whileHidden(async () => {
      const end = await deps.journal.begin(stored, options).catch((error: unknown) => {
        // Whether it was kept is not known, or a part of it was.
        deps.onUnfinished();
        throw error;
      });
      try {
        deps.assertHeld();
        await place(deps, changes, stored, options, ({ id }) => ({ _id: id }));
        await end();
      } catch (error) {
        deps.onUnfinished();
        throw storageErrors.UNAVAILABLE({}, toStorageError(error, first.layout.entity));
      }
    });
  };
}
