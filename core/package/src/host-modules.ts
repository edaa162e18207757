import { lstatSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { vendorRoot } from './vendor-package.ts';

/** What server code of a package may import beside Node's own modules; the host's copies stand for all plugins. */
const OFFERED = /^(@parley\/(contracts|kernel)|zod(\/.+)?|@parley\/plugin-[a-z][\w-]*\/contract)$/;

/** Whether an import of server code is left to the host. */
export const isHostModule = (specifier: string): boolean => OFFERED.test(specifier);

/** The package behind an import: `@parley/plugin-chat` of `@parley/plugin-chat/contract`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Folder and version of an installed package, as a file of another one sees it. Shape: `from` is a file URL. */
export function installedPackage(
  name: string,
  from: string,
): { readonly dir: string; readonly version: string } | undefined {
  try {
    const path = findPackageJSON(name, from);
    if (path === undefined) return undefined;
    const { version = '0.0.0' } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version?: string };
    return { dir: dirname(path), version };
  } catch {
    return undefined;
  }
}

/**
 * Makes the host's modules importable from the vendored packages, which lie outside of every `node_modules`: one folder
 * of links above them all. Links follow the host when it is installed somewhere else.
 */
export function linkHostModules(dataDir: string, modules: Iterable<string>, from: string): void {
  for (const name of modules) {
    const found = installedPackage(name, from);
    if (found !== undefined) link(join(vendorRoot(dataDir), 'node_modules', name), found.dir);
  }
}

function link(path: string, target: string): void {
  if (targetOf(path) === target) return;
  mkdirSync(dirname(path), { recursive: true });
  // By rename, so that a host that starts meanwhile sees the old link or the new one.
  const draft = `${path}.${process.pid}.new`;
  rmSync(draft, { force: true });
  symlinkSync(target, draft, 'junction');
  try {
    renameSync(draft, path);
  } catch {
    rmSync(path, { recursive: true, force: true });
    renameSync(draft, path);
  }
}

function targetOf(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}
