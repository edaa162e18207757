import type { ReportView } from '@parley/contracts';
import type { AnyPlugin, Grants, PluginManifest } from '@parley/kernel';
import type { LockedPlugin } from '@parley/kernel/lockfile';
import { countResults, readLockfile, readReport } from '@parley/package';
import type { CheckedReport } from '@parley/package';
import { toGrants } from './entry.ts';
import { loadVendored, readVendored } from '../packages/load-vendored.ts';

/** Third-party plugins that `parley plugin add` brought, as the lockfile has them. */
export interface InstalledPlugins {
  /** Reads the lockfile again. @throws KERNEL_INVALID */
  refresh(): void;
  has(pluginId: string): boolean;
  grants(pluginId: string): Grants | undefined;
  /** Hash of its files, as locked. */
  stateOf(pluginId: string): string;
  /** From the files, before any code runs. @throws PACKAGE_TAMPERED when they are not those that were locked */
  manifest(pluginId: string): PluginManifest;
  /** @throws PACKAGE_TAMPERED, PACKAGE_INCOMPATIBLE, PACKAGE_DIFFERS */
  load(pluginId: string, load?: (door: string) => Promise<unknown>): Promise<AnyPlugin>;
  /** What `parley plugin verify` found; nothing without a report. */
  report(pluginId: string): ReportView | undefined;
}

/** Where installed plugins and their lockfile lie. */
export interface InstalledPlaces {
  readonly lockfile: string;
  readonly dataDir: string;
  /** Version of a module that the page shares, where a page is served. */
  readonly sharedVersion: ((name: string) => string | undefined) | undefined;
}

/** @throws KERNEL_INVALID when the lockfile can not be read */
export function openInstalledPlugins({ lockfile, dataDir, sharedVersion }: InstalledPlaces): InstalledPlugins {
  let locked: Readonly<Record<string, LockedPlugin>> = readLockfile(lockfile).plugins;
  const useOf = (id: string) => {
    const entry = locked[id];
    if (entry === undefined) throw new Error(`${lockfile} has no ${id}`);
    return { dataDir, id, locked: entry, ...(sharedVersion ? { sharedVersion } : {}) };
  };
  return {
    refresh() {
      locked = readLockfile(lockfile).plugins;
    },
    has: (id) => Object.hasOwn(locked, id),
    grants: (id) => (locked[id] === undefined ? undefined : toGrants(locked[id].grants)),
    stateOf: (id) => locked[id]?.filesHash ?? '',
    // Its package holds what `manifestOf` gave when it was built.
    manifest: (id) => readVendored(useOf(id)).manifest.plugin as unknown as PluginManifest,
    load: async (id, load) => (await loadVendored(useOf(id), load)).plugin,
    report: (id) => viewReport(readReport(readVendored(useOf(id)))),
  };
}

function viewReport(checked: CheckedReport | undefined): ReportView | undefined {
  if (checked === undefined) return undefined;
  const { report, keyId, problem } = checked;
  return {
    verdict: report.verdict,
    ...countResults(report),
    at: report.madeAt,
    keyId,
    isSigned: problem === undefined,
  };
}
