import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installedPackage, type PluginPackage, readPackage, unpackArchive, verifyPackage } from '@parley/package';
import { installErrors } from './install-errors.ts';

/** A package that was found and checked; `close` removes what was unpacked. */
export interface OpenSource {
  readonly pack: PluginPackage;
  readonly close: () => void;
}

/**
 * The package behind a folder, a `.tgz` or the name of an installed npm package; every file of it was checked.
 * @throws INSTALL_NO_SOURCE, and what the package format throws
 */
export function openSource(source: string, cwd: string): OpenSource {
  const path = resolve(cwd, source);
  if (existsSync(path) && statSync(path).isFile()) return openArchive(path);
  const dir = existsSync(path) ? path : installedPackage(source, pathToFileURL(join(cwd, 'package.json')).href)?.dir;
  if (dir === undefined) throw installErrors.NO_SOURCE({ source, folder: cwd });
  return { pack: check(dir), close: () => undefined };
}

function openArchive(path: string): OpenSource {
  const dir = mkdtempSync(join(tmpdir(), 'parley-unpacked-'));
  const close = () => rmSync(dir, { recursive: true, force: true });
  try {
    unpackArchive(path, dir);
    return { pack: check(dir), close };
  } catch (error) {
    close();
    throw error;
  }
}

function check(dir: string): PluginPackage {
  const pack = readPackage(dir);
  verifyPackage(pack);
  return pack;
}
