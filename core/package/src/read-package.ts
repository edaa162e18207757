import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { cssProblem } from './css-scope.ts';
import { integrityOf, sha256 } from './hash-files.ts';
import { packageErrors } from './package-errors.ts';
import { MANIFEST_FILE, PackageManifest } from './package-manifest.ts';

/** The most a package may hold. */
const MAX_FILES = 2_000;
const MAX_BYTES = 100 * 1_024 * 1_024;
const MAX_MANIFEST_BYTES = 2 * 1_024 * 1_024;

/** A package in a folder: its manifest is read, none of its code has run. */
export interface PluginPackage {
  readonly dir: string;
  readonly manifest: PackageManifest;
  /** SHA-256 of the manifest file. */
  readonly manifestHash: string;
}

/** Reads the manifest of a package. @throws PACKAGE_NO_MANIFEST, PACKAGE_BAD_MANIFEST */
export function readPackage(dir: string): PluginPackage {
  let bytes: Buffer;
  try {
    const path = join(dir, MANIFEST_FILE);
    if (lstatSync(path).size > MAX_MANIFEST_BYTES) throw refuse(dir, `it has more than ${MAX_MANIFEST_BYTES} bytes`);
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw packageErrors.NO_MANIFEST({ place: dir }, error);
  }
  const manifest = parseManifest(dir, bytes.toString('utf8'));
  return { dir, manifest, manifestHash: sha256(bytes) };
}

const refuse = (place: string, reason: string) => packageErrors.BAD_MANIFEST({ place, reason });

function parseManifest(dir: string, text: string): PackageManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw packageErrors.BAD_MANIFEST({ place: dir, reason: String(error) }, error);
  }
  const { success, data, error } = PackageManifest.safeParse(value);
  if (!success) throw refuse(dir, z.prettifyError(error).replaceAll('\n', ' '));
  const missing = neededFiles(data).find((path) => !Object.hasOwn(data.files, path));
  if (missing !== undefined) throw refuse(dir, `${missing} is not among its files`);
  if (Object.keys(data.files).length > MAX_FILES) throw refuse(dir, `it lists more than ${MAX_FILES} files`);
  return data;
}

const neededFiles = ({ doors, web }: PackageManifest): readonly string[] => [
  ...Object.values(doors).filter((path) => path !== undefined),
  ...(web ? [`${web.dir}/${web.entry}`] : []),
];

/**
 * Checks that every listed file is there, a plain file, and has its hash, and that no style leaves its plugin.
 * @throws PACKAGE_TAMPERED, PACKAGE_TOO_LARGE, PACKAGE_BAD_STYLE
 */
export function verifyPackage({ dir, manifest }: PluginPackage): void {
  const tampered = (reason: string) => packageErrors.TAMPERED({ place: dir, reason });
  let totalBytes = 0;
  for (const [path, hash] of Object.entries(manifest.files)) {
    const bytes = readPlainFile(dir, path);
    if (bytes === undefined) throw tampered(`${path} is missing or no plain file`);
    totalBytes += bytes.length;
    if (totalBytes > MAX_BYTES) throw packageErrors.TOO_LARGE({ place: dir, reason: `more than ${MAX_BYTES} bytes` });
    if (sha256(bytes) !== hash) throw tampered(`${path} does not have the hash of the manifest`);
    if (path.endsWith('.css')) checkStyle(path, bytes.toString('utf8'), manifest.plugin.id);
  }
  if (integrityOf(manifest.files) !== manifest.integrity) throw tampered('its integrity is not that of its files');
}

function checkStyle(file: string, css: string, pluginId: string): void {
  const reason = cssProblem(css, pluginId);
  if (reason !== undefined) throw packageErrors.BAD_STYLE({ file, reason });
}

/** A file that is reached through no link; `undefined` for anything else. */
export function readPlainFile(dir: string, path: string): Buffer | undefined {
  const names = path.split('/');
  try {
    for (let depth = 1; depth <= names.length; depth += 1) {
      const stat = lstatSync(join(dir, ...names.slice(0, depth)));
      if (depth < names.length ? !stat.isDirectory() : !stat.isFile()) return undefined;
    }
    return readFileSync(join(dir, ...names));
  } catch {
    return undefined;
  }
}
