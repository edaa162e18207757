import { openRemote } from './remote-connection.ts';
import type { RemoteConnection } from './remote-connection.ts';
import type { Statements } from './statements.ts';

/**
 * Folds the write-ahead log into the database file on another thread. SQLite's own way does it inside a COMMIT, which
 * holds up every request for the tens of milliseconds that copying and syncing take.
 */
export interface Checkpointer {
  /** Counts rows written and starts a checkpoint when the log has grown enough. */
  wrote(rows: number): void;
  /** Resolves once no checkpoint is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const ROWS_BETWEEN_LOOKS = 64;
/** 16 MB: a page that was written many times is copied once, by the other thread. */
const PAGES_TO_START = 4_000;
/** 48 MB: past it the few pages left are copied here, so that the next write can begin the log anew. */
const PAGES_TO_FINISH = 12_000;

/** Pages in the log, and how many of them are not in the file yet. Does not checkpoint. */
export function readLogPages(statements: Statements): { readonly total: number; readonly open: number } {
  const [, total, copied] = statements.get('PRAGMA wal_checkpoint(NOOP)').get() as unknown as [number, number, number];
  return { total, open: total - copied };
}

/** A checkpointer for the database at `file`, which `statements` writes. */
export function createCheckpointer(statements: Statements, file: string): Checkpointer {
  let remote: RemoteConnection | undefined;
  let running: Promise<void> | undefined;
  let rowsSinceLook = 0;

  async function run(): Promise<void> {
    try {
      remote ??= openRemote({ file, readOnly: false, timeoutMs: 0 });
      await remote.rows('PRAGMA wal_checkpoint(PASSIVE)');
      const { total, open } = readLogPages(statements);
      if (total > PAGES_TO_FINISH && open > 0 && !statements.db.isTransaction) {
        statements.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
      }
    } catch {
      // The log stays longer than it need; SQLite's own checkpoint at a much larger size is the net below.
      await remote?.close();
      remote = undefined;
    } finally {
      running = undefined;
    }
  }

  return {
    wrote: (rows) => {
      rowsSinceLook += rows;
      if (rowsSinceLook < ROWS_BETWEEN_LOOKS || running !== undefined || statements.db.isTransaction) return;
      rowsSinceLook = 0;
      if (readLogPages(statements).open > PAGES_TO_START) running = run();
    },
    idle: async () => running,
    close: async () => {
      await running;
      await remote?.close();
    },
  };
}
