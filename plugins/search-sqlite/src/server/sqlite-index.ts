import { stat } from 'node:fs/promises';
import { searchErrors } from '@parley/contracts';
import type { SearchIndex } from '@parley/contracts';
import { toAfter } from '@parley/search-text';
import { toCursor } from './cursor.ts';
import { createWorkerLine, TaskError } from './worker-line.ts';
import type { TaskName, WorkerTasks } from './worker-messages.ts';

/** A search index in one file. */
export interface SqliteIndex extends SearchIndex {
  setTimes(times: IndexTimes): void;
  close(): Promise<void>;
}

/** How long things may take. */
export interface IndexTimes {
  readonly searchTimeoutMs: number;
}

/** What an index is made of. */
export interface IndexOptions extends IndexTimes {
  readonly file: string;
  readonly busyTimeoutMs: number;
  /** Told when a file that could not be read was put aside. */
  readonly onDamage: (aside: string) => void;
}

const MAX_WAITING = 500;

/** An index over two threads: one writes, one searches, so neither waits for the other. Nothing is opened before it is used. */
export function createSqliteIndex({ file, busyTimeoutMs, onDamage, ...given }: IndexOptions): SqliteIndex {
  let { searchTimeoutMs } = given;
  const writer = createWorkerLine({ file, busyTimeoutMs, role: 'writer' });
  const reader = createWorkerLine({ file, busyTimeoutMs, role: 'reader' });
  let opening: Promise<void> | undefined;

  const open = async (): Promise<void> => {
    const { wasDamaged } = await writer.ask('open', {});
    if (wasDamaged) onDamage(`${file}.damaged`);
  };
  const ready = async (): Promise<void> => {
    opening ??= open();
    try {
      await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  const toError = (error: unknown): unknown => {
    if (!(error instanceof TaskError)) return error;
    if (error.kind === 'slow') return searchErrors.TOO_SLOW({ limitMs: searchTimeoutMs }, error);
    const reason = error.kind === 'full' ? 'the disk is full' : error.message;
    return searchErrors.UNAVAILABLE({ reason }, error);
  };
  const startOver = async (): Promise<void> => {
    opening = undefined;
    await Promise.all([writer.end(), reader.end()]);
  };
  /** Does a task on one of the threads; a file found damaged is opened again, which puts it aside. */
  const ask = async <N extends TaskName>(
    line: typeof reader,
    name: N,
    task: WorkerTasks[N]['task'],
    signal?: AbortSignal,
  ): Promise<WorkerTasks[N]['answer']> => {
    try {
      await ready();
      return await line.ask(name, task, signal);
    } catch (error) {
      if (error instanceof TaskError && error.kind === 'damage') await startOver();
      throw toError(error);
    }
  };

  return {
    put: (documents) => ask(writer, 'put', { documents }),
    remove: (collection, ids) => ask(writer, 'remove', { collection, ids }),
    removeOwner: (tenantId, ownerId) => ask(writer, 'removeOwner', { tenantId, ownerId }),
    async clear() {
      await ask(writer, 'clear', {});
    },
    async statistics() {
      const known = await ask(reader, 'statistics', {});
      const sizes = await Promise.all(['', '-wal'].map((end) => stat(file + end).catch(() => ({ size: 0 }))));
      return { ...known, bytes: sizes.reduce((sum, { size }) => sum + size, 0) };
    },
    async search(query, { signal } = {}) {
      signal?.throwIfAborted();
      const cursor = toCursor(query);
      if (reader.waiting >= MAX_WAITING) throw searchErrors.UNAVAILABLE({ reason: 'too many searches at once' });
      const { next, ...page } = await ask(reader, 'search', { query, cursor, limitMs: searchTimeoutMs }, signal);
      return { ...page, ...(next === undefined ? {} : { next: toAfter(query, next) }) };
    },
    setTimes: (times) => {
      ({ searchTimeoutMs } = times);
    },
    close: startOver,
  };
}
