import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isAppError } from '@parley/contracts';
import type { RecordBatch } from '@parley/contracts';
import { installationFiles } from '../archive/installation-files.ts';
import { writeArchive } from '../archive/write-archive.ts';
import { createControlClient } from '../control/control-client.ts';
import { HOST_VERSION } from '../host-version.ts';
import { findRootKey, fingerprintOf } from '../root-key.ts';
import { backupContract } from './backup-contract.ts';
import { countRecords } from './count-records.ts';
import { findInstallation } from './installation.ts';
import type { Installation, Surroundings } from './installation.ts';
import { openStorage } from './open-storage.ts';
import { assertRestored } from './restore-state.ts';
import type { TransferOptions } from './transfer-options.ts';
import { transferErrors } from './transfer-errors.ts';

/** What a backup is made of, and where it goes. */
export interface BackupOptions extends TransferOptions {
  /** File or folder; without one a file named by the time, where the command runs. */
  readonly file?: string | undefined;
  readonly withKey?: boolean | undefined;
  readonly withConfig?: boolean | undefined;
}

/** A backup that was written. */
export interface BackupResult {
  readonly path: string;
  readonly bytes: number;
  readonly records: number;
  readonly collections: number;
  readonly files: number;
  /** Whether a server answered, or the database was opened. */
  readonly isServing: boolean;
  readonly driver: string;
  readonly hasKey: boolean;
}

interface Source {
  readonly driver: string;
  readonly records: number;
  readonly keyFingerprint: string | undefined;
  readonly isServing: boolean;
  batches(signal: AbortSignal | undefined): AsyncIterable<RecordBatch>;
  close(): Promise<void>;
}

/** The records of a server that runs; `undefined` when none does. */
async function openRunning({ dataDir }: Installation): Promise<Source | undefined> {
  const client = createControlClient(backupContract, dataDir);
  try {
    const description = await client.describe({});
    async function* batches(signal: AbortSignal | undefined) {
      for await (const { event } of client.records({}, signal === undefined ? {} : { signal })) yield event;
    }
    return { ...description, isServing: true, batches, close: () => Promise.resolve() };
  } catch (error) {
    if (isAppError(error, 'HOST_NOT_RUNNING')) return undefined;
    throw error;
  }
}

async function openStopped(installation: Installation): Promise<Source> {
  const { dataDir, env } = installation;
  if (!existsSync(dataDir)) throw transferErrors.NO_DATA({ dataDir });
  assertRestored(dataDir);
  const key = findRootKey(dataDir, env['PARLEY_SECRET']);
  const { driver, title, close } = await openStorage(installation);
  return {
    driver: title,
    records: countRecords(await driver.statistics()),
    keyFingerprint: key && fingerprintOf(key),
    isServing: false,
    batches: (signal) => driver.backup(signal === undefined ? {} : { signal }),
    close,
  };
}

/** `2026-03-01T09:30:00.000Z` as `20260301-093000`. */
const stampOf = (now: Date): string => now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');

function pathOf(file: string | undefined, cwd: string): string {
  const name = `parley-${stampOf(new Date())}.ndjson.zst`;
  const path = resolve(cwd, file ?? name);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, name) : path;
}

/** @throws TRANSFER_NO_KEY, TRANSFER_OTHER_KEY */
function keyFor({ dataDir, env }: Installation, fingerprint: string | undefined): string {
  const key = findRootKey(dataDir, env['PARLEY_SECRET']);
  if (key === undefined) throw transferErrors.NO_KEY({ dataDir });
  if (fingerprint !== undefined && fingerprintOf(key) !== fingerprint) throw transferErrors.OTHER_KEY();
  return key;
}

/**
 * Backs up an installation: from its server while it serves, or from its database.
 * @throws TRANSFER_NO_DATA, TRANSFER_UNFINISHED_RESTORE, TRANSFER_NO_KEY, TRANSFER_OTHER_KEY, TRANSFER_NO_STORAGE, ARCHIVE_EXISTS
 */
export async function backup(surroundings: Surroundings, options: BackupOptions = {}): Promise<BackupResult> {
  const installation = findInstallation(surroundings);
  const { configFile, cwd } = installation;
  const { signal, onProgress } = options;
  const source = (await openRunning(installation)) ?? (await openStopped(installation));
  try {
    const { driver, keyFingerprint, isServing } = source;
    const rootKey = options.withKey ? keyFor(installation, keyFingerprint) : undefined;
    const files = installationFiles(installation, { rootKey, hasConfig: options.withConfig ?? false });
    const header = {
      parley: HOST_VERSION,
      driver,
      ...(keyFingerprint === undefined ? {} : { keyFingerprint }),
      ...(configFile === undefined ? {} : { configFile: basename(configFile) }),
    };
    const content = { header, files, batches: source.batches(signal) };
    const tell =
      onProgress &&
      ((done: { records: number; bytes?: number }) => onProgress({ step: 'backup', total: source.records, ...done }));
    const { path, bytes, footer } = await writeArchive(pathOf(options.file, cwd), content, {
      signal,
      onProgress: tell,
    });
    return {
      path,
      bytes,
      records: footer.records,
      collections: Object.keys(footer.collections).length,
      files: files.length,
      isServing,
      driver,
      hasKey: rootKey !== undefined,
    };
  } finally {
    await source.close();
  }
}
