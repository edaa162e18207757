import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { storageErrors } from '@parley/contracts';
import type { Durability, StorageDriver } from '@parley/contracts';
import type { HealthAnswer } from '@parley/kernel';
import { COPY, readBackup, removeCopies } from './backup.ts';
import { createCatalog } from './catalog.ts';
import { createCheckpointer, readLogPages } from './checkpointer.ts';
import { openReader, openWriter } from './connections.ts';
import type { RunStatement } from './run-statement.ts';
import { prepareTable } from './prepare.ts';
import { lockForProcess } from './process-lock.ts';
import { createQueryPlans } from './query-plans.ts';
import { createReads, runOn } from './reads.ts';
import { createReadingThreads } from './reading-threads.ts';
import { openRemote } from './remote-connection.ts';
import type { RemoteConnection } from './remote-connection.ts';
import { restoreBatch } from './restore.ts';
import { toStorageError } from './sqlite-errors.ts';
import { quote, toColumn } from './sql-names.ts';
import { readStatistics } from './storage-statistics.ts';
import type { Statements } from './statements.ts';
import { createTableLayout } from './table-layout.ts';
import type { TableLayout } from './table-layout.ts';
import { createTransactions } from './transactions.ts';
import { createWalSync } from './wal-sync.ts';
import { whenUnlocked } from './when-unlocked.ts';
import { createWriteHealth, toAnswer, tryWriting } from './write-health.ts';
import { createWriteQueue } from './write-queue.ts';
import { applyWrites } from './writes.ts';

/** What a driver is made from. */
export interface SqliteDriverOptions {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly transactionTimeoutMs: number;
  /** Replaces the sync of the log's file; for tests. */
  readonly sync?: (fd: number) => Promise<void>;
}

/** A driver on one database file. */
export interface SqliteDriver extends StorageDriver {
  /** Removes records whose time to live has passed at `now`, milliseconds since 1970; resolves with how many. */
  sweep(now: number): Promise<number>;
  /** What is wrong with the file; nothing when it is sound. Reads all of it, on another thread. */
  check(): Promise<readonly string[]>;
  /** Whether the database can be read and written. @throws when it can not even be read */
  probe(): Promise<HealthAnswer>;
  /** Other times from now on. Units: milliseconds. */
  setTimes(times: Pick<SqliteDriverOptions, 'busyTimeoutMs' | 'transactionTimeoutMs'>): void;
  /** Waits for the writes under way, folds the log into the file and lets go of it. */
  close(): Promise<void>;
}

const RELAXED_SYNC_MS = 1_000;
const SWEEP_BATCH = 500;

function sweepBatch(statements: Statements, layout: TableLayout, field: string, now: string): number {
  const column = quote(toColumn(field));
  const expired = `SELECT rowid FROM ${layout.quoted} WHERE ${column} >= '' AND ${column} < ? LIMIT ${SWEEP_BATCH}`;
  const removed = statements.get(`DELETE FROM ${layout.quoted} WHERE rowid IN (${expired})`).run(now);
  return Number(removed.changes);
}

function openLocked(file: string, busyTimeoutMs: number, unlock: () => void): Statements {
  try {
    const writer = openWriter(file, busyTimeoutMs);
    createCatalog(writer);
    return writer;
  } catch (error) {
    unlock();
    throw toStorageError(error, 'storage.record');
  }
}

/** Folds the log into the file. A full disk or a lock leaves it as it is, for the next start. */
function foldLog({ db }: Statements): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // The log holds everything that was committed.
  }
}

/**
 * Opens the database at `file`, making it when there is none.
 * @throws STORAGE_SQLITE_IN_USE when another process has it
 */
export function createSqliteDriver(options: SqliteDriverOptions): SqliteDriver {
  const { file, busyTimeoutMs } = options;
  let times: Pick<SqliteDriverOptions, 'busyTimeoutMs' | 'transactionTimeoutMs'> = options;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unlock = lockForProcess(file);
  const writer = openLocked(file, busyTimeoutMs, unlock);
  removeCopies(file);
  const walSync = createWalSync({
    file: `${file}-wal`,
    intervalMs: RELAXED_SYNC_MS,
    ...(options.sync === undefined ? {} : { sync: options.sync }),
  });
  const checkpointer = createCheckpointer(writer, file);
  const queue = createWriteQueue();
  const layouts = new Map<string, TableLayout>();
  let reader: Statements | undefined;
  let isClosed = false;

  const checkOpen = (): void => {
    if (isClosed) throw storageErrors.UNAVAILABLE();
  };
  const findLayout = (collection: string): TableLayout => {
    checkOpen();
    const layout = layouts.get(collection);
    if (layout !== undefined) return layout;
    const known = [...layouts.keys()].join(', ') || 'none';
    throw storageErrors.INVALID({ entity: collection, reason: `it was never prepared; prepared are: ${known}` });
  };
  const transactions = createTransactions({
    statements: writer,
    findLayout,
    queue,
    timeoutMs: () => times.transactionTimeoutMs,
    busyTimeoutMs: () => times.busyTimeoutMs,
  });
  const health = createWriteHealth();
  // The writing connection reads as long as it can: a second one loses its cache with every commit.
  const readingConnection = (): Statements => (transactions.isOpen() ? (reader ??= openReader(file)) : writer);
  const plans = createQueryPlans(writer);
  const threads = createReadingThreads({ file, timeoutMs: () => times.busyTimeoutMs, checkOpen });
  const runHere = runOn(readingConnection);
  const run: RunStatement = (sql, values, reach) =>
    plans.isShort(sql, reach) ? runHere(sql, values, reach) : threads.scan(sql, values);

  async function inTurn<T>(work: () => T | Promise<T>, busyTimeoutMs = times.busyTimeoutMs): Promise<T> {
    transactions.forbidInside();
    const untilMs = performance.now() + busyTimeoutMs;
    if (!queue.tryEnter()) await queue.enter();
    try {
      checkOpen();
      return await whenUnlocked(work, untilMs);
    } finally {
      queue.leave();
    }
  }

  async function settle(durability: Durability): Promise<void> {
    if (durability === 'relaxed') return walSync.soon();
    try {
      await walSync.full();
    } catch (error) {
      throw toStorageError(error, 'storage.record');
    }
  }

  /** With the turn of a writer: finds out whether writing works again. */
  async function tryAgain(): Promise<void> {
    const attempt = async (): Promise<void> => {
      tryWriting(writer);
      await settle('full');
    };
    await health.watch(attempt).catch(() => undefined);
    queue.leave();
  }

  return {
    ...createReads({ findLayout, connection: readingConnection, run }),
    write: (writes, durability = 'full') =>
      health.watch(async () => {
        const results = await inTurn(() => applyWrites(writer, findLayout, writes));
        checkpointer.wrote(writes.length);
        await settle(durability);
        return results;
      }),
    transaction: (work) =>
      health.watch(async () => {
        transactions.forbidInside();
        const { result, durability } = await transactions.run(work);
        checkpointer.wrote(1);
        await settle(durability);
        return result;
      }),
    prepare: async (collections) => {
      const made = collections.map(createTableLayout);
      let remote: RemoteConnection | undefined;
      const runElsewhere = async (sql: string): Promise<void> => {
        remote ??= openRemote({ file, readOnly: false, timeoutMs: 0 });
        await remote.rows(sql);
      };
      // Without a limit, as migrations have none: each step that was done is not done again.
      const work = async (): Promise<void> => {
        for (const layout of made) {
          await prepareTable(writer, layout, runElsewhere);
          layouts.set(layout.collection.name, layout);
        }
        plans.forget();
      };
      try {
        await inTurn(work, Infinity);
      } finally {
        await remote?.close();
      }
      await settle('full');
    },
    backup: (wanted = {}) =>
      readBackup(
        {
          open: () => threads.open(),
          copyPath: `${file}${COPY}${randomUUID()}`,
          // Inside a transaction the log can not be asked; the next batch asks again.
          logPages: () => (writer.db.isTransaction ? 0 : readLogPages(writer).total),
        },
        wanted,
      ),
    restore: async (batches) => {
      for await (const batch of batches) {
        await inTurn(() => {
          restoreBatch(writer, batch);
        });
        checkpointer.wrote(batch.records.length);
      }
      await settle('full');
    },
    statistics: () => threads.once(readStatistics),
    check: async () => {
      const rows = await threads.once((source) => source.rows('PRAGMA integrity_check'));
      return rows.map(([line]) => String(line)).filter((line) => line !== 'ok');
    },
    sweep: async (now) => {
      const instant = new Date(now).toISOString();
      let removed = 0;
      for (const layout of layouts.values()) {
        const { ttl } = layout.collection;
        if (ttl === undefined) continue;
        let count = SWEEP_BATCH;
        while (count === SWEEP_BATCH) {
          count = await inTurn(() => sweepBatch(writer, layout, ttl, instant));
          removed += count;
        }
      }
      return removed;
    },
    setTimes: (wanted) => {
      times = wanted;
    },
    probe: async () => {
      readingConnection().get('SELECT count(*) FROM parley_collections').get();
      if (health.trouble() === undefined) return walSync.failure() === undefined ? 'ok' : 'degraded';
      // Where others try to write it shows by itself whether that works again.
      if (queue.tryEnter()) await tryAgain();
      return toAnswer(health.trouble());
    },
    close: async () => {
      if (isClosed) return;
      await queue.enter();
      isClosed = true;
      queue.leave();
      await checkpointer.close();
      await threads.close();
      await walSync.close();
      reader?.db.close();
      foldLog(writer);
      writer.db.close();
      unlock();
    },
  };
}
