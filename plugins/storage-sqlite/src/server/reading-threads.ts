import { openRemote } from './remote-connection.ts';
import type { RemoteConnection } from './remote-connection.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { SqlValue } from './sql-values.ts';

/** Reads of one database on other threads. What was committed before a call is there for it. */
export interface ReadingThreads {
  /** A statement that may take long; on the one thread for such, begun at the first. */
  scan(sql: string, values: readonly SqlValue[]): Promise<readonly SqlValue[][]>;
  /** `work` with a thread of its own. */
  once<T>(work: (source: RemoteConnection) => Promise<T>): Promise<T>;
  /** A thread of its own, which the caller closes. */
  open(): RemoteConnection;
  close(): Promise<void>;
}

/** No thread yet; `checkOpen` throws once the database is closed. */
export function createReadingThreads(deps: {
  readonly file: string;
  readonly timeoutMs: () => number;
  readonly checkOpen: () => void;
}): ReadingThreads {
  let scanner: RemoteConnection | undefined;
  const open = (): RemoteConnection => {
    deps.checkOpen();
    const remote = openRemote({ file: deps.file, readOnly: true, timeoutMs: deps.timeoutMs() });
    const rows: RemoteConnection['rows'] = async (...call) => {
      try {
        return await remote.rows(...call);
      } catch (error) {
        throw toStorageError(error, 'storage.record');
      }
    };
    return { ...remote, rows };
  };
  return {
    open,
    scan: (sql, values) => {
      if (scanner?.isOpen() !== true) scanner = open();
      return scanner.rows(sql, values);
    },
    once: async (work) => {
      const source = open();
      try {
        return await work(source);
      } finally {
        await source.close();
      }
    },
    close: async () => scanner?.close(),
  };
}
