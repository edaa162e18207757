import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isolationErrors } from '../isolation-errors.ts';

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

function parentsOf(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...parentsOf(parent)];
}

const readPackage = (folder: string): PackageFile =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;

const packageOf = (folder: string): string | undefined =>
  parentsOf(folder).find((parent) => existsSync(join(parent, 'package.json')));

const modulesAbove = (folder: string): string[] =>
  parentsOf(folder)
    .map((parent) => join(parent, 'node_modules'))
    .filter((modules) => existsSync(modules));

/** Where a package really is, when it is a link to a folder outside of `node_modules`. */
function linkedFolder(modules: readonly string[], name: string): string | undefined {
  const found = modules.map((each) => join(each, name)).find((path) => existsSync(path));
  const real = found && realpathSync(found);
  return real === undefined || real.includes(`${sep}node_modules${sep}`) ? undefined : real;
}

function addLinked(folders: Set<string>, from: string, names: readonly string[]): void {
  const modules = modulesAbove(from);
  for (const name of names) {
    const real = linkedFolder(modules, name);
    if (real === undefined || folders.has(real)) continue;
    folders.add(real);
    const { dependencies = {}, peerDependencies = {} } = readPackage(real);
    addLinked(folders, real, Object.keys({ ...dependencies, ...peerDependencies }));
  }
}

const namesIn = (modules: string): string[] =>
  readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );

/** What decides which files a child may read. */
export interface FoldersInput {
  /** Path of the plugin's server door. */
  readonly door: string;
  /** Folder of the child's own program. */
  readonly program: string;
  readonly dataDir: string;
}

/**
 * The folders a child may read: the plugin's package, `node_modules` above it, the program of the child, and packages
 * that are linked from elsewhere. Never the data of the host.
 * @throws ISOLATION_DOOR_FAILED when the plugin lies in a folder with the host's data
 */
export function readableFolders({ door, program, dataDir }: FoldersInput): readonly string[] {
  const folder = realpathSync(dirname(door));
  const data = existsSync(dataDir) ? realpathSync(dataDir) : dataDir;
  const owner = packageOf(folder);
  const isOwn = owner !== undefined && !isInside(data, owner);
  const root = isOwn ? owner : folder;
  if (isInside(data, root)) {
    throw isolationErrors.DOOR_FAILED({
      door,
      reason: `it lies beside the data in ${data}; give it a folder of its own`,
    });
  }
  const modules = [...modulesAbove(root), ...modulesAbove(program)];
  const folders = new Set([root, program, ...modules.map((each) => realpathSync(each)), ...modules]);
  addLinked(folders, program, ['@parley/contracts', '@parley/kernel']);
  if (isOwn) {
    const { dependencies = {}, peerDependencies = {}, devDependencies = {} } = readPackage(root);
    addLinked(folders, root, Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies }));
  } else for (const each of modulesAbove(root)) addLinked(folders, root, namesIn(each));
  return [...folders];
}
