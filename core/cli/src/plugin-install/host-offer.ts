import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';
import { KERNEL_VERSION } from '@parley/kernel';
import { type HostOffer, installedPackage } from '@parley/package';

/** A file of the server host, from where the modules are seen that it offers; of this command where there is no host. */
export function hostAddress(): string {
  const path = findPackageJSON('@parley/host-server', import.meta.url);
  return path === undefined ? import.meta.url : pathToFileURL(path).href;
}

/** What this installation offers to packages. */
export function hostOffer(): HostOffer {
  const from = hostAddress();
  const web = installedPackage('@parley/web', import.meta.url);
  const page = web && pathToFileURL(`${web.dir}/package.json`).href;
  return {
    kernel: KERNEL_VERSION,
    moduleVersion: (name) => installedPackage(name, from)?.version,
    sharedVersion: (name) => (page === undefined ? undefined : installedPackage(name, page)?.version),
  };
}
