import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST_FILE, REPORT_FILE } from './package-manifest.ts';
import { type PluginPackage, readPackage, readPlainFile, verifyPackage } from './read-package.ts';

/** Folder of all vendored packages in a data folder. */
export const vendorRoot = (dataDir: string): string => join(dataDir, 'plugins');

/** Folder of one version of one plugin: another content is another folder. */
export const vendorDir = (dataDir: string, { manifest }: PluginPackage): string =>
  join(vendorRoot(dataDir), manifest.plugin.id, `${manifest.plugin.version}-${manifest.integrity.slice(0, 8)}`);

/**
 * Copies the files of a package into the data folder: those of its manifest and nothing else, each checked as it is
 * copied. The folder appears whole or not at all; one that is there and untouched is kept.
 * @throws PACKAGE_TAMPERED, PACKAGE_TOO_LARGE, PACKAGE_BAD_STYLE
 */
export function vendorPackage(dataDir: string, source: PluginPackage): PluginPackage {
  const target = vendorDir(dataDir, source);
  if (isSame(target, source)) return readPackage(target);
  verifyPackage(source);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), '.new-'));
  try {
    for (const path of [...Object.keys(source.manifest.files), MANIFEST_FILE, REPORT_FILE]) {
      const bytes = readPlainFile(source.dir, path);
      if (bytes === undefined) continue;
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), bytes, { mode: 0o644 });
    }
    // Again, on the copy: what was read a moment ago may have been changed since.
    verifyPackage({ ...readPackage(draft), dir: draft });
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return readPackage(target);
}

function isSame(target: string, source: PluginPackage): boolean {
  if (!existsSync(target)) return false;
  try {
    const present = readPackage(target);
    verifyPackage(present);
    return present.manifestHash === source.manifestHash;
  } catch {
    return false;
  }
}
