import { close, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Brings committed frames of the write-ahead log from the system's memory to the disk, off the main thread. SQLite itself
 * would do it inside COMMIT (`synchronous=FULL`) and stop every other request for as long as the disk takes.
 */
export interface WalSync {
  /** Resolves once everything committed before the call survives a loss of power. Callers of one moment share one sync. */
  full(): Promise<void>;
  /** Promises that what was committed is synced within `intervalMs`. */
  soon(): void;
  /** Why the last sync failed; `undefined` when it worked. */
  failure(): unknown;
  close(): Promise<void>;
}

/** The sync of the log at `file`, which SQLite must have made already. */
export function createWalSync(options: {
  readonly file: string;
  readonly intervalMs: number;
  readonly sync?: (fd: number) => Promise<void>;
}): WalSync {
  const fd = openSync(options.file, 'r+');
  const sync = options.sync ?? promisify(fdatasync);
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: unknown;

  const run = async (): Promise<void> => {
    try {
      await sync(fd);
      failure = undefined;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      running = undefined;
    }
  };
  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running = run();
    return running;
  };
  const followUp = async (previous: Promise<void>): Promise<void> => {
    await previous.catch(() => undefined);
    following = undefined;
    await start();
  };
  const full = (): Promise<void> => {
    if (running === undefined) return start();
    // The running one may have begun before the caller's commit.
    following ??= followUp(running);
    return following;
  };
  return {
    full,
    soon: () => {
      timer ??= setTimeout(() => void full().catch(() => undefined), options.intervalMs).unref();
    },
    failure: () => failure,
    close: async () => {
      clearTimeout(timer);
      await full().catch(() => undefined);
      await promisify(close)(fd);
    },
  };
}
