import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { lockfilePath } from '@parley/package';
import { LOCKFILE_NAME } from '@parley/kernel/lockfile';

/** A file of an installation that is not in its database. */
export interface InstallationFile {
  /** Its name in an archive. */
  readonly path: string;
  /** Its content. */
  readonly read: () => AsyncIterable<Buffer>;
}

/** Where an installation lies. */
export interface InstallationPlaces {
  readonly dataDir: string;
  readonly configFile: string | undefined;
}

/** What goes into an archive only when it is asked for. */
export interface WantedFiles {
  readonly rootKey: string | undefined;
  readonly hasConfig: boolean;
}

const COMPOSITION = 'composition.json';
/** The root key in a data folder and in an archive. */
const KEY_FILE = 'secret.key';
const PLUGINS = 'plugins';
const CONFIG = 'config';
const PIECE_BYTES = 192 * 1024;

const onDisk = (path: string, source: string): InstallationFile[] =>
  existsSync(source) ? [{ path, read: () => createReadStream(source, { highWaterMark: PIECE_BYTES }) }] : [];

function keyFile(rootKey: string): InstallationFile {
  async function* read() {
    yield Buffer.from(`${rootKey}\n`);
  }
  return { path: KEY_FILE, read };
}

function pluginFiles(dataDir: string): InstallationFile[] {
  const root = join(dataDir, PLUGINS);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => isRestorable(`${PLUGINS}/${path}`))
    .toSorted()
    .flatMap((path) => onDisk(`${PLUGINS}/${path}`, join(root, path)));
}

/** The files that belong to an installation and are not made anew by a start. */
export function installationFiles(places: InstallationPlaces, wanted: WantedFiles): InstallationFile[] {
  const { dataDir, configFile } = places;
  return [
    ...onDisk(COMPOSITION, join(dataDir, COMPOSITION)),
    ...onDisk(LOCKFILE_NAME, lockfilePath(dataDir, configFile)),
    ...(wanted.rootKey === undefined ? [] : [keyFile(wanted.rootKey)]),
    ...(wanted.hasConfig && configFile !== undefined ? onDisk(`${CONFIG}/${basename(configFile)}`, configFile) : []),
    ...pluginFiles(dataDir),
  ];
}

/** Whether an archive may bring this path: one of an installation, which stays inside of its folder. */
export function isRestorable(path: string): boolean {
  const [first = '', ...rest] = path.split('/');
  const isPlain = (step: string) => /^[^\\\0:]{1,255}$/.test(step) && step !== '.' && step !== '..';
  if (![first, ...rest].every(isPlain)) return false;
  if (rest.length === 0) return [COMPOSITION, LOCKFILE_NAME, KEY_FILE].includes(first);
  if (first === CONFIG) return rest.length === 1;
  // Links to the host's modules, and what a killed installation left.
  return (
    first === PLUGINS && rest.length > 1 && rest[0] !== 'node_modules' && !rest.some((step) => step.startsWith('.new-'))
  );
}

/** Where a file of an archive belongs in an installation. */
export function placeOf(path: string, { dataDir, configFile }: InstallationPlaces): string {
  return path === LOCKFILE_NAME ? lockfilePath(dataDir, configFile) : join(dataDir, path);
}
