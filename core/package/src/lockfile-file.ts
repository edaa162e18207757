import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatLockfile, LOCKFILE_NAME, parseLockfile } from '@parley/kernel/lockfile';
import type { LockedPlugin, Lockfile } from '@parley/kernel/lockfile';

/** Where the lockfile of an installation lies: beside its config file, or in the data folder without one. */
export const lockfilePath = (dataDir: string, configFile?: string): string =>
  join(configFile === undefined ? dataDir : dirname(configFile), LOCKFILE_NAME);

/** The lockfile at a path; an empty one where there is none. @throws KERNEL_INVALID */
export const readLockfile = (path: string): Lockfile =>
  existsSync(path) ? parseLockfile(readFileSync(path, 'utf8'), path) : { plugins: {} };

/** Writes what the operator accepted of one plugin; `undefined` takes it out. The file changes whole or not at all. */
export function lockPlugin(path: string, id: string, locked: LockedPlugin | undefined): void {
  const { [id]: _before, ...others } = readLockfile(path).plugins;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, formatLockfile({ plugins: locked === undefined ? others : { ...others, [id]: locked } }));
  renameSync(draft, path);
}
