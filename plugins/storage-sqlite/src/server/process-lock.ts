import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { errors } from './errors.ts';
import { toNativeError } from './sqlite-errors.ts';

const BUSY = 5;

const readOwner = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'unknown';
  }
};

/**
 * Takes `<file>-lock` for this process until the returned undo is called. The lock is the operating system's, held through
 * SQLite, so it goes with the process however that ends.
 * @throws STORAGE_SQLITE_IN_USE when another process, or another driver of this one, holds it
 */
export function lockForProcess(file: string): () => void {
  const owner = `${file}-owner`;
  closeSync(openSync(`${file}-lock`, 'a', 0o600));
  const lock = new DatabaseSync(`${file}-lock`, { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (toNativeError(error).errcode !== BUSY) throw error;
    throw errors.IN_USE({ file, pid: readOwner(owner) }, error);
  }
  // Beside the lock, not in it: closing any other handle of the locked file would drop the lock.
  writeFileSync(owner, String(process.pid), { mode: 0o600 });
  return () => {
    rmSync(owner, { force: true });
    lock.close();
  };
}
