import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** SHA-256 in hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Files of a folder by their path with `/`, sorted; none of a folder that is not there. */
export function listFiles(dir: string): readonly string[] {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .toSorted();
  } catch {
    return [];
  }
}

/** SHA-256 of the given files of a folder by their paths. */
export const hashFiles = (dir: string, paths: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(paths.toSorted().map((path) => [path, sha256(readFileSync(join(dir, path)))]));

/** One hash over names and hashes of all files, so that none can be changed, added, renamed or left out. */
export const integrityOf = (files: Readonly<Record<string, string>>): string =>
  sha256(
    Object.entries(files)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, hash]) => `${hash}  ${path}\n`)
      .join(''),
  );
