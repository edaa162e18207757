import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { routePath } from '@parley/contracts';
import type { Contract } from '@parley/contracts';
import type { AnyPlugin } from '@parley/kernel';
import { linkHostModules, packageOf, staticPart, vendorRoot } from '@parley/package';
import type { PackageManifest } from '@parley/package';
import { buildErrors } from './build-errors.ts';
import type { ServerResult } from './build-server.ts';

/** What the definition of a built plugin says. */
export type Description = Pick<PackageManifest, 'plugin' | 'routes' | 'compiledAgainst'>;

/**
 * Reads the definition of a built plugin; its `setup` does not run. It is imported from a copy that lies as a vendored
 * one does, with the host's modules and nothing of the author's folder around it.
 */
export async function describePlugin(outDir: string, built: ServerResult, from: string): Promise<Description> {
  const data = mkdtempSync(join(tmpdir(), 'parley-build-'));
  try {
    const home = join(vendorRoot(data), 'plugin');
    cpSync(outDir, home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
    linkHostModules(data, [...built.hostImports].map(packageOf), from);
    const load = async (door: string) =>
      (await import(pathToFileURL(join(home, door)).href)) as Record<string, unknown>;
    const plugin = (await load(built.doors.server))['default'] as AnyPlugin | undefined;
    if (typeof plugin?.setup !== 'function') {
      const problems =
        '  - the server door has no plugin as default export; write `export default definePlugin({ … })`';
      throw buildErrors.CHECK_FAILED({ problems });
    }
    const contracts = built.doors.contract === undefined ? [] : contractsOf(await load(built.doors.contract));
    return {
      plugin: staticPart(plugin) as Description['plugin'],
      routes: contracts.flatMap(routesOf),
      compiledAgainst: versionsOf(plugin, contracts),
    };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'operations' in value && 'id' in value && 'version' in value;

const contractsOf = (door: Record<string, unknown>): readonly Contract[] => Object.values(door).filter(isContract);

const routesOf = (contract: Contract): Description['routes'] =>
  Object.entries(contract.operations).map(([name, operation]) => ({
    contract: contract.id,
    name,
    method: operation.method,
    path: routePath(contract, operation),
    access: operation.access,
    summary: operation.summary ?? '',
  }));

function versionsOf({ requires = {}, provides = [] }: AnyPlugin, contracts: readonly Contract[]) {
  const needed = Object.values(requires).map((need) => ('need' in need ? need.capability : need));
  return Object.fromEntries(
    [
      ...[...needed, ...provides].map(({ id, version }) => [`capability:${id}`, version] as const),
      ...contracts.map(({ id, version }) => [`contract:${id}`, version] as const),
    ].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
