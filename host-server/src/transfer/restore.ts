import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { RecordBatch } from '@parley/contracts';
import { placeOf } from '../archive/installation-files.ts';
import { archiveBatches, archiveFiles, verifyArchive } from '../archive/read-archive.ts';
import type { VerifiedArchive } from '../archive/read-archive.ts';
import { findRootKey, fingerprintOf } from '../root-key.ts';
import { differenceOf, sumsOf } from './compare-sums.ts';
import { countRecords } from './count-records.ts';
import { assertStopped, findInstallation } from './installation.ts';
import type { Installation, Surroundings } from './installation.ts';
import { openStorage } from './open-storage.ts';
import type { OpenedStorage } from './open-storage.ts';
import { readRestoreState, restoreStatePath } from './restore-state.ts';
import { switchStorage } from './storage-target.ts';
import type { StorageTarget } from './storage-target.ts';
import { transferErrors } from './transfer-errors.ts';
import type { TransferOptions } from './transfer-options.ts';
import { removeState, writeState } from './write-state.ts';

/** What is restored, and into which database. */
export interface RestoreOptions extends TransferOptions {
  readonly file: string;
  /** Another database than the backup's composition names. */
  readonly to?: StorageTarget | undefined;
}

/** Which root key the restored installation has: that of the data, another one, or none yet. */
export type RestoredKey = 'same' | 'other' | 'missing';

/** A backup that was restored. */
export interface RestoreResult {
  readonly dataDir: string;
  readonly archive: VerifiedArchive;
  /** The storage plugin it was restored into. */
  readonly storage: string;
  readonly records: number;
  readonly files: readonly string[];
  readonly key: RestoredKey;
  /** Whether an earlier restore of the same backup had been cut off. */
  readonly wasCutOff: boolean;
}

const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** @throws TRANSFER_NOT_EMPTY when a file of the archive would replace another one */
function assertNoFiles(installation: Installation, { footer }: VerifiedArchive): void {
  for (const [path, { sha256 }] of Object.entries(footer.files)) {
    const place = placeOf(path, installation);
    if (existsSync(place) && sha256Of(place) !== sha256) {
      throw transferErrors.NOT_EMPTY({ what: `${place} is there already` });
    }
  }
}

/** Puts the files of an archive where they belong, each whole or not at all; resolves with those that were not there. */
async function restoreFiles(installation: Installation, { path: archive }: VerifiedArchive): Promise<string[]> {
  const created: string[] = [];
  let draft: Awaited<ReturnType<typeof open>> | undefined;
  try {
    for await (const { path, data, isLast } of archiveFiles(archive)) {
      const place = placeOf(path, installation);
      if (draft === undefined) {
        mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
        draft = await open(`${place}.partial`, 'w', 0o600);
      }
      await draft.writeFile(data);
      if (!isLast) continue;
      await draft.sync();
      await draft.close();
      draft = undefined;
      if (!existsSync(place)) created.push(place);
      await rename(`${place}.partial`, place);
    }
    return created;
  } finally {
    await draft?.close();
  }
}

async function* counted(batches: AsyncIterable<RecordBatch>, tell: (records: number) => void) {
  let records = 0;
  for await (const batch of batches) {
    yield batch;
    tell((records += batch.records.length));
  }
}

/** @throws TRANSFER_DIFFERS when the database does not hold what the archive does */
async function restoreRecords({ driver, title }: OpenedStorage, archive: VerifiedArchive, options: TransferOptions) {
  const { signal, onProgress } = options;
  const total = archive.footer.records;
  const tell = (step: 'restore' | 'compare') => (records: number) => onProgress?.({ step, total, records });
  await driver.restore(counted(archiveBatches(archive.path, { signal }), tell('restore')));
  const sums = await sumsOf(driver.backup(signal === undefined ? {} : { signal }), tell('compare'));
  const differences = differenceOf(archive.footer.collections, sums);
  if (differences === undefined) return;
  throw transferErrors.DIFFERS({ target: `The database (${title})`, source: archive.path, differences });
}

function keyOf({ dataDir, env }: Installation, { header }: VerifiedArchive): RestoredKey {
  const key = findRootKey(dataDir, env['PARLEY_SECRET']);
  if (key === undefined) return 'missing';
  return header.keyFingerprint === undefined || header.keyFingerprint === fingerprintOf(key) ? 'same' : 'other';
}

async function verified({ file, signal, onProgress }: RestoreOptions, cwd: string): Promise<VerifiedArchive> {
  const path = resolve(cwd, file);
  const total = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const onBytes = onProgress && ((bytes: number) => onProgress({ step: 'verify', total, bytes }));
  return verifyArchive(path, { signal, onBytes });
}

/**
 * Restores a backup into an empty installation; nothing is written before all of it was checked. One that is cut off
 * keeps the server from starting, and starts over when it is run again.
 * @throws ARCHIVE_*, TRANSFER_RUNNING, TRANSFER_NOT_EMPTY, TRANSFER_UNFINISHED_RESTORE, TRANSFER_DIFFERS
 */
export async function restore(surroundings: Surroundings, options: RestoreOptions): Promise<RestoreResult> {
  const installation = findInstallation(surroundings);
  const { dataDir } = installation;
  await assertStopped(installation);
  const archive = await verified(options, installation.cwd);
  const former = readRestoreState(dataDir);
  if (former !== undefined && former.sha256 !== archive.sha256) {
    throw transferErrors.UNFINISHED_RESTORE({ archive: former.archive, dataDir });
  }
  if (former === undefined) assertNoFiles(installation, archive);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await writeState(restoreStatePath(dataDir), { formatVersion: 1, archive: archive.path, sha256: archive.sha256 });
  const created = [...(await restoreFiles(installation, archive)), restoreStatePath(dataDir)];
  const storage = await openEmpty(installation, { options, isAgain: former !== undefined }).catch(async (error) => {
    // Nothing else was touched, so the folder is left as it was.
    if (former === undefined) for (const path of created) await rm(path, { force: true });
    throw error;
  });
  try {
    await restoreRecords(storage, archive, options);
  } finally {
    await storage.close();
  }
  await removeState(restoreStatePath(dataDir));
  return {
    dataDir,
    archive,
    storage: storage.title,
    records: archive.footer.records,
    files: Object.keys(archive.footer.files),
    key: keyOf(installation, archive),
    wasCutOff: former !== undefined,
  };
}

/** The database of the installation. @throws TRANSFER_NOT_EMPTY when it holds records of something else */
async function openEmpty(
  installation: Installation,
  { options, isAgain }: { readonly options: RestoreOptions; readonly isAgain: boolean },
): Promise<OpenedStorage> {
  if (options.to !== undefined) await switchStorage(installation, options.to);
  const storage = await openStorage(installation);
  const records = isAgain ? 0 : countRecords(await storage.driver.statistics());
  if (records === 0) return storage;
  await storage.close();
  throw transferErrors.NOT_EMPTY({
    what: `The database (${storage.title}) of ${installation.dataDir} holds ${records} records`,
  });
}
