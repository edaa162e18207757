import { join } from 'node:path';
import type { LockedPlugin } from '@parley/kernel/lockfile';
import { type PackageManifest, readPackage, vendorRoot } from '@parley/package';
import type { Installation } from './installation.ts';

/** The manifest of an installed plugin. @throws PACKAGE_NO_MANIFEST when its folder is gone */
export const installedManifest = ({ dataDir }: Installation, id: string, locked: LockedPlugin): PackageManifest =>
  readPackage(join(vendorRoot(dataDir), id, `${locked.version}-${locked.filesHash.slice(0, 8)}`)).manifest;
