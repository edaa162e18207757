import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { routePath } from '@parley/contracts';
import type { Contract } from '@parley/contracts';
import type { AnyPlugin } from '@parley/kernel';
import { assertSameAsCode } from './compare-code.ts';
import { packageErrors } from './package-errors.ts';
import type { PackageManifest } from './package-manifest.ts';
import { remoteOf } from './package-ui.ts';
import { type PluginPackage, verifyPackage } from './read-package.ts';

/** Imports a module by its file URL. */
export type ImportModule = (url: string) => Promise<unknown>;

const importHere: ImportModule = (url) => import(url);

/**
 * The plugin of a package, after every file was checked and its definition held against the manifest. It can serve no
 * operation that the manifest does not list.
 * @throws PACKAGE_TAMPERED, PACKAGE_DIFFERS, and what the code throws when it is imported
 */
export async function loadPackage(pack: PluginPackage, importModule: ImportModule = importHere): Promise<AnyPlugin> {
  verifyPackage(pack);
  const { manifest, dir } = pack;
  const door = (await importModule(pathToFileURL(join(dir, manifest.doors.server)).href)) as { default?: AnyPlugin };
  const plugin = door.default;
  if (typeof plugin?.setup !== 'function') {
    const differences = 'its server door has no plugin as default export';
    throw packageErrors.DIFFERS({ plugin: manifest.plugin.id, differences });
  }
  assertSameAsCode(manifest, plugin);
  const remote = remoteOf(pack);
  const ui = plugin.ui && remote ? { ui: { ...plugin.ui, remote } } : {};
  return { ...plugin, ...ui, setup: withStatedRoutes(manifest, plugin) };
}

interface Routes {
  routes(contract: Contract, handlers: unknown): void;
}

/** `setup` of a plugin whose routes are checked against the manifest as they are registered. */
function withStatedRoutes({ plugin: { id }, routes }: PackageManifest, plugin: AnyPlugin): AnyPlugin['setup'] {
  const stated = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  return (ctx, deps) => {
    const checked = Object.defineProperties(
      {},
      {
        ...Object.getOwnPropertyDescriptors(ctx as object),
        routes: {
          value: (contract: Contract, handlers: unknown) => {
            const real = Object.values(contract.operations).map(
              (each) => `${each.method} ${routePath(contract, each)}`,
            );
            const unstated = real.find((route) => !stated.has(route));
            if (unstated !== undefined) {
              const differences = `it serves ${unstated}, which is not in the manifest; export its contract from the contract door`;
              throw packageErrors.DIFFERS({ plugin: id, differences });
            }
            (ctx as Routes).routes(contract, handlers);
          },
        },
      },
    ) as never;
    return plugin.setup(checked, deps);
  };
}
