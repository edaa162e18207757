import { Worker } from 'node:worker_threads';
import { storageErrors } from '@parley/contracts';
import type { SqlValue } from './sql-values.ts';

/** How a connection is opened. */
export interface RemoteOptions {
  readonly file: string;
  readonly readOnly: boolean;
  readonly timeoutMs: number;
}

/** What the thread is asked. */
export type RemoteRequest =
  | {
      readonly id: number;
      readonly sql: string;
      readonly values: readonly SqlValue[];
      /** Ends the rows once their first columns hold so much text. */
      readonly maxCharacters: number;
    }
  | { readonly id: number; readonly moveTo: string };

/** What it answers: rows, or the facts of an error. */
export interface RemoteReply {
  readonly id: number;
  readonly rows?: readonly unknown[];
  readonly error?: { readonly message: string; readonly code: unknown; readonly errcode: unknown } | undefined;
}

/** A connection on a thread of its own, for statements that may take long; one after the other. */
export interface RemoteConnection {
  /** The rows of one statement. @throws errors of SQLite, with their `code` and `errcode` */
  rows(sql: string, values?: readonly SqlValue[], maxCharacters?: number): Promise<readonly SqlValue[][]>;
  /** Copies what the connection sees, that is also its open transaction's, to `path`, and reads there from now on. */
  moveTo(path: string): Promise<void>;
  /** Whether it can be asked: a thread that failed does not come back. */
  isOpen(): boolean;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (rows: readonly unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

const startWorker = (options: RemoteOptions): Worker => {
  // The running file's own ending: `.ts` from source, `.js` from the build.
  const name = `./connection-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`;
  // None of the process's own arguments: with some, such as `--input-type`, no thread can start.
  return new Worker(new URL(name, import.meta.url), { workerData: options, execArgv: [] });
};

/** Opens a connection on another thread. The thread starts at once, and keeps the process alive only while it works. */
export function openRemote(options: RemoteOptions): RemoteConnection {
  const worker = startWorker(options);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: Error | undefined;
  worker.unref();
  worker.on('message', ({ id, rows = [], error }: RemoteReply) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (error === undefined) call?.resolve(rows);
    else call?.reject(Object.assign(new Error(error.message), error));
  });
  const end = (reason: Error): void => {
    ended = reason;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  worker.on('error', (error) => end(storageErrors.UNAVAILABLE({}, error)));
  worker.on('exit', () => end(ended ?? storageErrors.UNAVAILABLE()));

  type Asked = RemoteRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never;
  const ask = (request: Asked): Promise<readonly unknown[]> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.ref();
      worker.postMessage({ id: lastId, ...request }, []);
    });

  return {
    rows: async (sql, values = [], maxCharacters = Infinity) =>
      (await ask({ sql, values, maxCharacters })) as readonly SqlValue[][],
    moveTo: async (path) => {
      await ask({ moveTo: path });
    },
    isOpen: () => ended === undefined,
    close: async () => {
      await worker.terminate();
    },
  };
}
