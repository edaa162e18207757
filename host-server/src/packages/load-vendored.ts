import { join } from 'node:path';
import { KERNEL_VERSION } from '@parley/kernel';
import type { AnyPlugin } from '@parley/kernel';
import type { LockedPlugin } from '@parley/kernel/lockfile';
import {
  assertCompatible,
  installedPackage,
  linkHostModules,
  loadPackage,
  packageErrors,
  readPackage,
  readReport,
  vendorRoot,
} from '@parley/package';
import type { CheckedReport, HostOffer, PluginPackage } from '@parley/package';

/** Which installed plugin to load. */
export interface VendoredUse {
  readonly dataDir: string;
  /** The plugin's own id. */
  readonly id: string;
  /** What the operator accepted. */
  readonly locked: LockedPlugin;
  /** Version of a module that the page shares, where a page is served. */
  readonly sharedVersion?: (name: string) => string | undefined;
}

/** An installed plugin, checked and loaded. */
export interface VendoredPlugin {
  readonly plugin: AnyPlugin;
  readonly pack: PluginPackage;
  /** What `parley plugin verify` found, when the package brings it. */
  readonly report?: CheckedReport;
}

/** Versions of what server code of packages may import, as this host has it. */
const moduleVersion: HostOffer['moduleVersion'] = (name) => installedPackage(name, import.meta.url)?.version;

/**
 * The package of an installed plugin, none of its code run: it must be the one in the lockfile.
 * @throws PACKAGE_NO_MANIFEST, PACKAGE_BAD_MANIFEST, PACKAGE_TAMPERED
 */
export function readVendored({ dataDir, id, locked }: Pick<VendoredUse, 'dataDir' | 'id' | 'locked'>): PluginPackage {
  const dir = join(vendorRoot(dataDir), id, `${locked.version}-${locked.filesHash.slice(0, 8)}`);
  const pack = readPackage(dir);
  const { plugin, integrity } = pack.manifest;
  const isLocked = pack.manifestHash === locked.manifestHash && integrity === locked.filesHash && plugin.id === id;
  if (!isLocked) throw packageErrors.TAMPERED({ place: dir, reason: 'its manifest is not the one in the lockfile' });
  return pack;
}

/**
 * Loads an installed plugin: every file has its hash, host and plugin fit, and the code is what its manifest says.
 * @param load how the door is loaded; into this process without one
 * @throws PACKAGE_NO_MANIFEST, PACKAGE_BAD_MANIFEST, PACKAGE_TAMPERED, PACKAGE_INCOMPATIBLE, PACKAGE_DIFFERS
 */
export async function loadVendored(
  use: VendoredUse,
  load: (door: string) => Promise<unknown> = (door) => import(door),
): Promise<VendoredPlugin> {
  const pack = readVendored(use);
  const { sharedVersion } = use;
  assertCompatible(pack.manifest, {
    kernel: KERNEL_VERSION,
    moduleVersion,
    ...(sharedVersion ? { sharedVersion } : {}),
  });
  linkHostModules(use.dataDir, Object.keys(pack.manifest.parley.modules), import.meta.url);
  const plugin = await loadPackage(pack, load);
  const report = readReport(pack);
  return { plugin, pack, ...(report ? { report } : {}) };
}
