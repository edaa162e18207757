import { resolve } from 'node:path';
import { storageDriver } from '@parley/contracts';
import { changeOffline } from '../composition/change-offline.ts';
import type { Installation } from './installation.ts';
import { storageIds } from './open-storage.ts';
import type { StorageChoice } from './open-storage.ts';
import { transferErrors } from './transfer-errors.ts';

/** A database as the command line names it. */
export interface StorageTarget {
  /** `sqlite`, `mongo`, or the id of another storage plugin. */
  readonly to: string;
  /** Address of a database server. */
  readonly url?: string | undefined;
  /** Database file; relative ones start at the data folder. */
  readonly file?: string | undefined;
}

const SHORT: Readonly<Record<string, string>> = { sqlite: 'storage-sqlite', mongo: 'storage-mongo' };

/** The plugin and the settings that a target stands for. */
export const choiceOf = ({ to, url, file }: StorageTarget): StorageChoice => ({
  id: SHORT[to] ?? to,
  settings: { ...(url === undefined ? {} : { url }), ...(file === undefined ? {} : { file }) },
});

/** A target for people, without the password in its address. */
export function describeTarget({ to, url, file }: StorageTarget, { dataDir }: Installation): string {
  if (url !== undefined) return url.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
  return file === undefined ? (SHORT[to] ?? to) : resolve(dataDir, file);
}

/**
 * Makes a database the one that the server uses from its next start, by changes of the composition.
 * @throws TRANSFER_BOUND when the config file binds another plugin
 */
export async function switchStorage(installation: Installation, target: StorageTarget): Promise<void> {
  const { dataDir, cwd, env } = installation;
  const { id, settings } = choiceOf(target);
  const { enabled, bound } = await storageIds(installation);
  if (bound !== undefined && bound !== id) {
    throw transferErrors.BOUND({ bound, capability: storageDriver.id, wanted: id });
  }
  await changeOffline(
    [
      ...enabled.filter((other) => other !== id).map((other) => ({ do: 'disable' as const, id: other })),
      { do: 'enable', id },
      ...(Object.keys(settings).length === 0 ? [] : [{ do: 'configure' as const, id, settings }]),
    ],
    { dataDir, cwd, env },
  );
}
