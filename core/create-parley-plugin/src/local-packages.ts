import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createErrors } from './create-errors.ts';

interface Manifest {
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const OWN = /^(@parley\/|create-parley-plugin$)/;

/**
 * A `package.json` that installs Parley's packages from a folder of archives, and not from a registry.
 * Shape: addresses are relative to `folder`, the plugin's; packages that others need are overridden, so that npm asks nobody
 * for them.
 * @throws CREATE_NO_PACKAGES
 */
export function toLocalPackages(content: string, folder: string, packages: string): string {
  const manifest = JSON.parse(content) as Manifest;
  const archives = archivesOf(packages);
  const address = (name: string): string => {
    const file = archives.get(name);
    if (file === undefined) throw createErrors.NO_PACKAGES({ folder: packages, name });
    return `file:${join(relative(folder, packages), file)}`;
  };
  const wanted = Object.entries(manifest.devDependencies ?? {});
  const devDependencies = Object.fromEntries(
    wanted.map(([name, range]) => [name, OWN.test(name) ? address(name) : range]),
  );
  const others = [...archives.keys()].filter((name) => !(name in devDependencies)).toSorted();
  const overrides = Object.fromEntries(others.map((name) => [name, address(name)]));
  return `${JSON.stringify({ ...manifest, devDependencies, overrides }, null, 2)}\n`;
}

/** The archives of a folder by the package's name: `parley-cli-0.1.0.tgz` holds `@parley/cli`. */
function archivesOf(folder: string): ReadonlyMap<string, string> {
  const files = listArchives(folder);
  return new Map(
    files.map((file) => {
      const name = file.replace(/-\d+\.\d+\.\d+.*$/, '');
      return [name.startsWith('parley-') ? name.replace('parley-', '@parley/') : name, file];
    }),
  );
}

function listArchives(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  } catch {
    return [];
  }
}
