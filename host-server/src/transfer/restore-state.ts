import { join } from 'node:path';
import * as z from 'zod';
import { transferErrors } from './transfer-errors.ts';
import { readState } from './write-state.ts';

const RestoreState = z.object({
  formatVersion: z.literal(1),
  /** Path of the archive. */
  archive: z.string(),
  /** Hash of its content. */
  sha256: z.string(),
});
/** A restore that has begun and not ended. */
export type RestoreState = z.output<typeof RestoreState>;

/** Where it is remembered. */
export const restoreStatePath = (dataDir: string): string => join(dataDir, 'restore.json');

/** The restore that was cut off here; `undefined` when none was. */
export const readRestoreState = (dataDir: string): RestoreState | undefined =>
  readState(restoreStatePath(dataDir), RestoreState);

/** @throws TRANSFER_UNFINISHED_RESTORE when the data folder holds a part of a backup only */
export function assertRestored(dataDir: string): void {
  const state = readRestoreState(dataDir);
  if (state !== undefined) throw transferErrors.UNFINISHED_RESTORE({ archive: state.archive, dataDir });
}
