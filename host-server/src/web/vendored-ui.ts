import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { integrityOf, readPackage, toSubresourceIntegrity, uiHashOf, vendorRoot } from '@parley/package';
import type { WebFile } from './web-build.ts';

/** `/ui/<hash>/<file>` of an installed plugin. */
const ADDRESS = /^\/ui\/([0-9a-f]{32})\/(.+)$/;
const NOTHING: ReadonlyMap<string, WebFile> = new Map();

/**
 * Files of the web sides of installed plugins by their address. The address holds the hash of the package, and the
 * package is found by it: what lies in the folder under another content is never served. Earlier versions stay
 * reachable for tabs that still run them, until they are removed.
 */
export function createVendoredUi(dataDir: string): (urlPath: string) => WebFile | undefined {
  const root = vendorRoot(dataDir);
  const known = new Map<string, ReadonlyMap<string, WebFile>>();
  const filesOf = (hash: string): ReadonlyMap<string, WebFile> => {
    const found = known.get(hash) ?? findPackage(root, hash);
    // What is not there yet may be installed later.
    if (found !== NOTHING) known.set(hash, found);
    return found;
  };
  return (urlPath) => {
    const [, hash, file] = ADDRESS.exec(urlPath) ?? [];
    return hash === undefined || file === undefined ? undefined : filesOf(hash).get(file);
  };
}

function findPackage(root: string, hash: string): ReadonlyMap<string, WebFile> {
  for (const dir of foldersOf(root, hash.slice(0, 8))) {
    try {
      const { web, files, integrity } = readPackage(dir).manifest;
      const isIt = uiHashOf({ integrity }) === hash && integrityOf(files) === integrity;
      if (web && isIt) return filesOf(dir, `${web.dir}/`, files);
    } catch {
      // A folder that is no package any more is reported where its plugin is loaded.
    }
  }
  return NOTHING;
}

function foldersOf(root: string, hash8: string): readonly string[] {
  const names = (dir: string): readonly string[] => {
    try {
      return readdirSync(dir);
    } catch {
      return [];
    }
  };
  return names(root)
    .filter((id) => id !== 'node_modules')
    .flatMap((id) =>
      names(join(root, id))
        .filter((version) => version.endsWith(`-${hash8}`))
        .map((version) => join(root, id, version)),
    );
}

const filesOf = (dir: string, prefix: string, files: Readonly<Record<string, string>>): ReadonlyMap<string, WebFile> =>
  new Map(
    Object.entries(files)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, hash]) => [
        path.slice(prefix.length),
        { path: join(dir, path), integrity: toSubresourceIntegrity(hash), isImmutable: true },
      ]),
  );
