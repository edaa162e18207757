import { isAppError } from '@parley/contracts';
import type { HealthAnswer } from '@parley/kernel';
import { toNativeError, toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';

/** Whether writing works, as the last writes found it. */
export interface WriteHealth {
  /** Does `work`, which writes, and remembers how that went. */
  watch<T>(work: () => Promise<T>): Promise<T>;
  /** Why the last write failed for a reason that others share; `undefined` when it worked. */
  trouble(): string | undefined;
}

/** As much as a message and its answer take, so that a nearly full disk does not count as a working one. */
const TRIAL_BYTES = 128 * 1_024;

/** The message with what the database itself said. */
const reasonOf = ({ message, cause }: Error): string =>
  cause === undefined ? message : `${message} (${toNativeError(cause).message})`;

/** Nothing has failed yet. */
export function createWriteHealth(): WriteHealth {
  let reason: string | undefined;
  return {
    async watch(work) {
      try {
        const result = await work();
        reason = undefined;
        return result;
      } catch (thrown) {
        const error = toStorageError(thrown, 'storage.record');
        if (isAppError(error, 'STORAGE_FULL') || isAppError(error, 'STORAGE_UNAVAILABLE')) reason = reasonOf(error);
        throw error;
      }
    },
    trouble: () => reason,
  };
}

/** Writes something and takes it away again. @throws what SQLite throws */
export function tryWriting({ db }: Statements): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec('DROP TABLE IF EXISTS parley_trial');
    db.exec(`CREATE TABLE parley_trial AS SELECT zeroblob(${TRIAL_BYTES}) AS bytes`);
    db.exec('COMMIT');
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
  db.exec('DROP TABLE parley_trial');
}

/** Says how a database does that can be read. */
export const toAnswer = (trouble: string | undefined): HealthAnswer =>
  trouble === undefined ? 'ok' : { state: 'degraded', reason: trouble };
