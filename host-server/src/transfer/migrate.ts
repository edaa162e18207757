import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { copyRecords, equalSums } from './copy-records.ts';
import type { Place } from './copy-records.ts';
import { countRecords } from './count-records.ts';
import { assertStopped, findInstallation } from './installation.ts';
import type { Installation, Surroundings } from './installation.ts';
import { openStorage } from './open-storage.ts';
import type { OpenedStorage, StorageChoice } from './open-storage.ts';
import { assertRestored } from './restore-state.ts';
import { choiceOf, describeTarget, switchStorage } from './storage-target.ts';
import type { StorageTarget } from './storage-target.ts';
import { transferErrors } from './transfer-errors.ts';
import type { TransferOptions } from './transfer-options.ts';
import { readState, removeState, writeState } from './write-state.ts';

const MigrationState = z.object({
  formatVersion: z.literal(1),
  target: z.string(),
  /** Hash of the target with its secrets. */
  targetHash: z.string(),
  /** What lies there for sure: every record up to this one. */
  after: z.object({ collection: z.string(), id: z.string() }).optional(),
  /** What was moved, once both sides were compared. */
  moved: z
    .object({ from: z.string(), fromId: z.string(), records: z.number().int(), collections: z.number().int() })
    .optional(),
});
type MigrationState = z.output<typeof MigrationState>;

const statePath = ({ dataDir }: Installation): string => join(dataDir, 'migration.json');

/** Where all records go. */
export interface MigrateOptions extends TransferOptions, StorageTarget {
  /** Where the records lie, when that is another database than the composition names: `sqlite`, `mongo`, or an id. */
  readonly from?: string | undefined;
  /** Makes the target what the server uses from its next start. */
  readonly isSwitching?: boolean | undefined;
}

/** A migration that is through. */
export interface MigrateResult {
  readonly from: string;
  readonly to: string;
  readonly fromId: string;
  readonly choice: StorageChoice;
  readonly records: number;
  readonly collections: number;
  /** Whether an earlier one had been cut off. */
  readonly wasCutOff: boolean;
  readonly isSwitched: boolean;
}

const isSame = (source: OpenedStorage, { id, settings }: StorageChoice): boolean => {
  const given = (source.settings ?? {}) as Readonly<Record<string, unknown>>;
  return source.id === id && Object.entries(settings).every(([name, value]) => given[name] === value);
};

interface Move {
  readonly installation: Installation;
  readonly choice: StorageChoice;
  readonly state: MigrationState;
  readonly former: MigrationState | undefined;
  readonly options: MigrateOptions;
}

/** @throws TRANSFER_SAME_PLACE, TRANSFER_TARGET_NOT_EMPTY, TRANSFER_DIFFERS */
async function move({ installation, choice, state, former, options }: Move) {
  const { target: to } = state;
  const path = statePath(installation);
  await using opened = new AsyncDisposableStack();
  const open = async (wanted?: StorageChoice) =>
    opened.adopt(await openStorage(installation, wanted), ({ close }) => close());
  const source = await open(options.from === undefined ? undefined : choiceOf({ to: options.from }));
  if (isSame(source, choice)) throw transferErrors.SAME_PLACE({ target: to });
  const target = await open(choice);
  const from = { id: source.id, title: source.title };
  const total = countRecords(await source.driver.statistics());
  const present = former === undefined ? countRecords(await target.driver.statistics()) : 0;
  if (present > 0) {
    const sums = present === total ? await equalSums(source, target, options) : undefined;
    if (sums === undefined) throw transferErrors.TARGET_NOT_EMPTY({ target: to, count: present });
    return { from, sums };
  }
  if (former === undefined) await writeState(path, state);
  const save = (after: Place) => writeState(path, { ...state, after });
  const sums = await copyRecords({ source, target, total, options, save }, former?.after);
  return { from, sums };
}

/**
 * Moves all records into another database and compares both; the source is only read. One that is cut off goes on where
 * it was when it is run again.
 * @throws TRANSFER_NO_DATA, TRANSFER_RUNNING, TRANSFER_SAME_PLACE, TRANSFER_TARGET_NOT_EMPTY,
 * TRANSFER_UNFINISHED_MIGRATION, TRANSFER_UNFINISHED_RESTORE, TRANSFER_BOUND, TRANSFER_DIFFERS
 */
export async function migrate(surroundings: Surroundings, options: MigrateOptions): Promise<MigrateResult> {
  const installation = findInstallation(surroundings);
  const { dataDir } = installation;
  if (!existsSync(dataDir)) throw transferErrors.NO_DATA({ dataDir });
  await assertStopped(installation);
  assertRestored(dataDir);
  const choice = choiceOf(options);
  const to = describeTarget(options, installation);
  const targetHash = createHash('sha256').update(JSON.stringify(choice)).digest('hex');
  const path = statePath(installation);
  const former = readState(path, MigrationState);
  if (former !== undefined && former.targetHash !== targetHash) {
    throw transferErrors.UNFINISHED_MIGRATION({ target: former.target, state: path });
  }
  const state: MigrationState = { formatVersion: 1, target: to, targetHash };
  let moved = former?.moved;
  if (moved === undefined) {
    const { from, sums } = await move({ installation, choice, state, former, options });
    const records = Object.values(sums).reduce((sum, { count }) => sum + count, 0);
    moved = { from: from.title, fromId: from.id, records, collections: Object.keys(sums).length };
  }
  if (options.isSwitching) {
    // Remembered, since after the switch the target is what a migration would start from.
    await writeState(path, { ...state, moved });
    await switchStorage(installation, options);
  }
  await removeState(path);
  return { ...moved, to, choice, wasCutOff: former !== undefined, isSwitched: options.isSwitching ?? false };
}
