import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createStatements } from './statements.ts';
import type { Statements } from './statements.ts';

// A net below the checkpoints of the worker; SQLite's own run inside a COMMIT and hold up every request.
const AUTO_CHECKPOINT_PAGES = 16_000;

function prepareConnection(db: DatabaseSync): Statements {
  db.function('parley_number', { deterministic: true }, (text) => (text === null ? null : Number(text)));
  return createStatements(db);
}

/** The one connection that writes; makes the file, readable by its owner alone, when there is none. */
export function openWriter(file: string, busyTimeoutMs: number): Statements {
  closeSync(openSync(file, 'a', 0o600));
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs, returnArrays: true });
  // secure_delete: what was deleted is overwritten, so that it can not be read from the file any more.
  // NORMAL: a COMMIT does not wait for the disk. Who wants that waits for `WalSync`, off the main thread.
  db.exec(
    `PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=${AUTO_CHECKPOINT_PAGES};
     PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;`,
  );
  // SQLite would wait for a lock on the thread that serves everybody; see `whenUnlocked`.
  db.exec('PRAGMA busy_timeout=0');
  return prepareConnection(db);
}

/** A connection that reads what is committed, also while the writer is inside a transaction. */
export function openReader(file: string): Statements {
  return prepareConnection(new DatabaseSync(file, { readOnly: true, timeout: 0, returnArrays: true }));
}
