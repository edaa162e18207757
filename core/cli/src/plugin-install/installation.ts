import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Grants } from '@parley/kernel';
import type { LockedPlugin } from '@parley/kernel/lockfile';
import { assertCompatible, lockPlugin, readLockfile, vendorPackage, vendorRoot } from '@parley/package';
import type { HostOffer, PluginPackage } from '@parley/package';
import { installErrors } from './install-errors.ts';

/** Where plugins are installed. */
export interface Installation {
  readonly dataDir: string;
  /** Path of the lockfile. */
  readonly lockfile: string;
  readonly offer: HostOffer;
}

/** What is locked of one plugin; `undefined` when it is not installed. */
export const lockedOf = ({ lockfile }: Installation, id: string): LockedPlugin | undefined =>
  readLockfile(lockfile).plugins[id];

/** @throws INSTALL_NOT_INSTALLED */
export function requireLocked(installation: Installation, id: string): LockedPlugin {
  const locked = lockedOf(installation, id);
  if (locked !== undefined) return locked;
  const installed = Object.keys(readLockfile(installation.lockfile).plugins);
  throw installErrors.NOT_INSTALLED({ id, installed: installed.length === 0 ? 'none' : installed });
}

/** Puts a package into the data folder and what was accepted of it into the lockfile. @throws PACKAGE_INCOMPATIBLE */
export function install({ dataDir, lockfile, offer }: Installation, pack: PluginPackage, grants: Grants): void {
  assertCompatible(pack.manifest, offer);
  vendorPackage(dataDir, pack);
  const { plugin, integrity } = pack.manifest;
  lockPlugin(lockfile, plugin.id, {
    version: plugin.version,
    manifestHash: pack.manifestHash,
    filesHash: integrity,
    grants: toView(grants),
  });
}

/** Grants in which a kind may stand without a value. */
export type LooseGrants = { readonly [K in keyof Grants]?: Grants[K] | undefined };

/** Grants with every kind named. */
export interface NamedGrants {
  network: string[];
  secrets: string[];
  hooks: string[];
  capabilities: string[];
  storage: boolean;
}

/** Grants as files and changes hold them. */
export const toView = ({ network, secrets, hooks, capabilities, storage }: LooseGrants): NamedGrants => ({
  network: [...(network ?? [])],
  secrets: [...(secrets ?? [])],
  hooks: [...(hooks ?? [])],
  capabilities: [...(capabilities ?? [])],
  storage: storage ?? false,
});

/** Takes the files of a plugin out of the data folder and the lockfile; its records are not touched. */
export function uninstall({ dataDir, lockfile }: Installation, id: string): void {
  lockPlugin(lockfile, id, undefined);
  rmSync(join(vendorRoot(dataDir), id), { recursive: true, force: true });
}
