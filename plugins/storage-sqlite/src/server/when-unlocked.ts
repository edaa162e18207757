import { setTimeout as pause } from 'node:timers/promises';
import { toNativeError } from './sqlite-errors.ts';

const BUSY = 5;
const FIRST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 50;

const isBusyError = (error: unknown): boolean => ((toNativeError(error).errcode ?? 0) & 0xff) === BUSY;

/** Whether another process has the database locked; also inside an error that was translated. */
function isLocked(error: unknown): boolean {
  return isBusyError(error) || isBusyError((error as { readonly cause?: unknown } | undefined)?.cause);
}

/**
 * Does `work`, and repeats it while another process keeps the database locked, until `untilMs` on the clock of
 * `performance.now()`. SQLite's own wait stands on the thread that serves everybody; this one gives it back meanwhile.
 * `work` must have done nothing when it throws.
 */
export async function whenUnlocked<T>(work: () => T | Promise<T>, untilMs: number): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= untilMs) throw error;
    }
    await pause(waitMs);
  }
}
