import { isAppError, storageErrors } from '@parley/contracts';
import type { Durability, StorageDriver, StoredRecord, Write } from '@parley/contracts';
import { readBatches, readStatistics, restoreBatches } from './backup.ts';
import { createJournalCommit, createTransactionCommit, StaleChange } from './commit.ts';
import { openConnection } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import { concernOf, createDatabase } from './database.ts';
import { toRecord } from './documents.ts';
import { createDraft, readDocuments } from './draft.ts';
import type { Change, Draft } from './draft.ts';
import { createImageKeeper } from './images.ts';
import { createJournal } from './journal.ts';
import { createLayout, EXPIRES, valueOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { createLease } from './lease.ts';
import { toStorageError } from './mongo-errors.ts';
import { OWN_COLLECTIONS } from './names.ts';
import { prepareCollections } from './prepare.ts';
import { createReads } from './reads.ts';
import { createTransactions } from './transactions.ts';
import { createTurns } from './turns.ts';

/** What a driver is made from. */
export interface MongoDriverOptions extends ConnectionOptions {
  readonly transactionTimeoutMs: number;
  /** A node without a sign of life for so long loses the right to write; for tests. Units: milliseconds. */
  readonly leaseMs?: number;
}

/** A driver on one database. */
export interface MongoDriver extends StorageDriver {
  /** Which server it is, for people. */
  readonly server: string;
  /** Removes records whose time to live has passed at `now`, milliseconds since 1970. */
  sweep(now: number): Promise<void>;
  /** Whether the server that takes writes answers. */
  probe(): Promise<'ok' | 'degraded'>;
  close(): Promise<void>;
}

/** How often a write without an expected `rev` is decided anew when another node was faster. */
const ATTEMPTS = 20;
const NO_OVERLAY = new Map<string, undefined>();
const SWEEP_BATCH = 500;

/** Connects, and finishes what a process that was killed has begun. @throws STORAGE_MONGO_UNREACHABLE, STORAGE_MONGO_SIGN_IN */
export async function openMongoDriver(options: MongoDriverOptions): Promise<MongoDriver> {
  const { operationTimeoutMs: timeoutMs, transactionTimeoutMs } = options;
  const opened = await openConnection(options);
  const { db, client, sizeOf, hasTransactions } = opened;
  const database = createDatabase(db, opened.maxUpdates);
  const journal = createJournal(database, sizeOf);
  const layouts = new Map<string, Layout>();
  const turns = createTurns();
  const visibility = createTurns();
  const transactions = createTransactions();
  const images = createImageKeeper();
  /** Shared by changes that are being made; exclusive for the instant a backup is of. */
  const making = createTurns();
  let isUnfinished = !hasTransactions && (await database.journal.findOne({})) !== null;
  let isClosed = false;

  const layoutOf = (collection: string): Layout => {
    if (isClosed) throw storageErrors.UNAVAILABLE();
    const layout = layouts.get(collection);
    if (layout !== undefined) return layout;
    const known = [...layouts.keys()].join(', ') || 'none';
    throw storageErrors.INVALID({ entity: collection, reason: `it was never prepared; prepared are: ${known}` });
  };
  const recover = async (): Promise<void> => {
    await journal.recover();
    isUnfinished = false;
  };
  const lease = createLease({
    terms: db.collection(OWN_COLLECTIONS.terms, concernOf('relaxed', timeoutMs)),
    wanted: db.collection(OWN_COLLECTIONS.wanted),
    onTaken: async () => {
      if (!hasTransactions) await recover();
    },
    waitMs: () => transactionTimeoutMs,
    ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
  });
  const commit = hasTransactions
    ? createTransactionCommit({ database, sizeOf, timeoutMs, client })
    : createJournalCommit({
        database,
        sizeOf,
        timeoutMs,
        journal,
        assertHeld: () => lease.assertHeld(),
        whileHidden: (work) => visibility.exclusive(work),
        onUnfinished: () => {
          isUnfinished = true;
        },
      });

  /** The only writer, among this process's writes and all nodes' transactions. */
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    turns.exclusive(() =>
      lease.hold(async () => {
        if (isUnfinished) await visibility.exclusive(recover);
        return work();
      }),
    );
  /** Without transactions of the server every write needs the lease, else only this driver's transactions. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => (hasTransactions ? turns.shared(work) : alone(work));

  async function guarded<T>(entity: string, work: () => Promise<T>): Promise<T> {
    if (isClosed) throw storageErrors.UNAVAILABLE();
    try {
      return await work();
    } catch (error) {
      throw toStorageError(error, entity);
    }
  }

  /** Reads wait for what was begun and not finished, and never see half of a batch of this process. */
  async function read<T>(layout: Layout, work: () => Promise<T>): Promise<T> {
    return guarded(layout.entity, async () => {
      if (isUnfinished) await alone(async () => undefined);
      return hasTransactions ? work() : visibility.shared(work);
    });
  }

  const getRecord = async (layout: Layout, id: string): Promise<StoredRecord | undefined> => {
    const document = (await readDocuments(database, layout, [id])).get(id);
    return document === undefined ? undefined : toRecord(document);
  };

  async function makeChanges(draft: Draft, durability: Durability): Promise<void> {
    await making.shared(() => makeKept(draft.changes(), durability));
  }

  async function makeKept(changes: readonly Change[], durability: Durability): Promise<void> {
    const forget = images.keep(changes);
    try {
      await commit(changes, durability);
    } catch (error) {
      const failed = toStorageError(error, 'record');
      // Refused for certain: an insert of an id that is taken must not hide the record that has it from a backup.
      if (!isAppError(failed, storageErrors.UNAVAILABLE.code)) forget();
      throw error;
    }
  }

  async function writeBatch(writes: readonly Write[], durability: Durability) {
    for (let attempt = 1; ; attempt += 1) {
      const draft = createDraft({ database, layoutOf, isChecking: writes.length > 1 });
      const results = await draft.write(writes);
      try {
        await makeChanges(draft, durability);
        return results;
      } catch (error) {
        const [first] = draft.changes();
        if (!(error instanceof StaleChange) || first === undefined) throw error;
        if (attempt === ATTEMPTS) throw storageErrors.CONFLICT({ entity: first.layout.entity, id: first.id });
      }
    }
  }

  async function runTransaction<T>(work: Parameters<StorageDriver['transaction']>[0]): Promise<T> {
    const draft = createDraft({ database, layoutOf, isChecking: true });
    const reads = createReads({
      database,
      layoutOf,
      read: (layout, readOnce) => guarded(layout.entity, readOnce),
      get: (layout, id) => draft.get(layout, id),
      overlay: (layout) => draft.overlay(layout),
    });
    const { result, durability } = await transactions.run(draft, reads, work, transactionTimeoutMs);
    try {
      await makeChanges(draft, durability);
    } catch (error) {
      const [first] = draft.changes();
      if (!(error instanceof StaleChange) || first === undefined)
        throw toStorageError(error, first?.layout.entity ?? 'record');
      throw storageErrors.CONFLICT({ entity: first.layout.entity, id: first.id });
    }
    return result as T;
  }

  async function* backup(backupOptions: Parameters<StorageDriver['backup']>[0] = {}) {
    if (hasTransactions) {
      const session = client.startSession({ snapshot: true });
      try {
        yield* readBatches(database, sizeOf, backupOptions, { session, images: new Map() });
      } finally {
        await session.endSession();
      }
      return;
    }
    if (isUnfinished) await alone(async () => undefined);
    // Between two writes, so that what is read is of one instant; an open transaction has made nothing yet.
    const kept = await making.exclusive(async () => images.open());
    try {
      yield* readBatches(database, sizeOf, backupOptions, { images: kept.images });
    } finally {
      kept.end();
    }
  }

  /** One batch of what has expired; resolves with how many there were. */
  async function sweepBatch(layout: Layout, field: string, now: Date): Promise<number> {
    const filter = { [EXPIRES]: { $lt: now } };
    const found = await database.of(layout).find(filter).limit(SWEEP_BATCH).toArray();
    if (found.length === 0) return 0;
    const records = found.map((document) => toRecord(document as never));
    images.keep(records.map((before) => ({ layout, id: before.id, before, after: undefined })));
    const isStillExpired = (record: StoredRecord): boolean => String(valueOf(record, field)) < now.toISOString();
    const ids = records.filter(isStillExpired).map(({ id }) => id);
    await database.of(layout).deleteMany({ _id: { $in: ids }, ...filter }, concernOf('relaxed', timeoutMs));
    return ids.length;
  }

  return {
    server: opened.server,
    ...createReads({ database, layoutOf, read, get: getRecord, overlay: () => NO_OVERLAY }),
    async write(writes, durability = 'full') {
      transactions.forbidInside();
      const [first] = writes;
      if (first === undefined) return [];
      return guarded(layoutOf(first.collection).entity, () => inTurn(() => writeBatch(writes, durability)));
    },
    async transaction(work) {
      transactions.forbidInside();
      if (isClosed) throw storageErrors.UNAVAILABLE();
      let hasBegun = false;
      try {
        return await alone(() => {
          hasBegun = true;
          return runTransaction(work);
        });
      } catch (error) {
        // What the work itself throws passes as it is.
        throw hasBegun ? error : toStorageError(error, 'record');
      }
    },
    async prepare(collections) {
      const made = collections.map(createLayout);
      await guarded(made[0]?.entity ?? 'record', () =>
        prepareCollections(
          {
            connection: opened.connection,
            database,
            db,
            hasTtl: opened.hasTtl,
            timeoutMs,
            assertHeld: () => lease.assertHeld(),
            isGuarded: hasTransactions,
          },
          collections,
          made,
          alone,
        ),
      );
      for (const layout of made) layouts.set(layout.collection.name, layout);
      if (isUnfinished) await guarded('record', () => alone(async () => undefined));
    },
    backup,
    async restore(batches) {
      await guarded('record', () => restoreBatches(database, batches, timeoutMs, alone));
    },
    statistics: () => guarded('record', () => readStatistics(database, db)),
    async sweep(now) {
      for (const layout of layouts.values()) {
        const { ttl } = layout.collection;
        if (ttl === undefined) continue;
        const batch = () =>
          guarded(layout.entity, () => inTurn(() => making.shared(() => sweepBatch(layout, ttl, new Date(now)))));
        while ((await batch()) === SWEEP_BATCH);
      }
    },
    async probe() {
      await db.command({ ping: 1 });
      return isUnfinished ? 'degraded' : 'ok';
    },
    async close() {
      if (isClosed) return;
      await turns.exclusive(async () => {
        isClosed = true;
      });
      await lease.close();
      await opened.close();
    },
  };
}
