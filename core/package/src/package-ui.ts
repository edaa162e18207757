import type { UiRemote } from '@parley/kernel';
import type { PackageManifest } from './package-manifest.ts';
import type { PluginPackage } from './read-package.ts';

/** What stands in the address of the files of a package's web side: 128 bits of its integrity. */
export const uiHashOf = ({ integrity }: Pick<PackageManifest, 'integrity'>): string => integrity.slice(0, 32);

/** Subresource integrity of a file with the given SHA-256 in hexadecimal digits. */
export const toSubresourceIntegrity = (hash: string): string => `sha256-${Buffer.from(hash, 'hex').toString('base64')}`;

/** Where a host serves the remote of a package with a web side: an address that holds this content for ever. */
export function remoteOf({ manifest }: PluginPackage): UiRemote | undefined {
  const { web, files } = manifest;
  if (web === undefined) return undefined;
  return {
    remote: web.remote,
    entry: `/ui/${uiHashOf(manifest)}/${web.entry}`,
    integrity: toSubresourceIntegrity(files[`${web.dir}/${web.entry}`] ?? ''),
  };
}
