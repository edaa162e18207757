import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.resolve('@parley/web/package.json')));

/** A file beside the sources of this folder that is used as it is; found the same way from source and from a build. */
export const asset = (name: string): string => join(home, 'build', name);
