import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('@parley/host-server/package.json') as { readonly version: string };

/** Version of this host. */
export const HOST_VERSION = manifest.version;
