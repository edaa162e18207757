import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { lockfilePath } from '@parley/package';
import type { ApplyChanges } from './apply-changes.ts';

/** Where an installation lies and how its composition is changed. */
export interface Places {
  readonly dataDir: string;
  readonly lockfile: string;
  readonly applyChanges: ApplyChanges;
}

const CONFIG_FILES = ['parley.config.yaml', 'parley.config.ts'];

/** The installation that a server started in this folder would have. */
export async function openPlaces(given: { readonly data?: string; readonly config?: string }): Promise<Places> {
  const dataDir = resolve(given.data ?? (process.env['PARLEY_DATA'] || 'data'));
  const named = given.config ?? process.env['PARLEY_CONFIG'];
  const config = named ? resolve(named) : CONFIG_FILES.map((name) => resolve(name)).find((path) => existsSync(path));
  return {
    dataDir,
    lockfile: lockfilePath(dataDir, config),
    applyChanges: async () => 'installed',
  };
}
