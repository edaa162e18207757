import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf } from '@parley/kernel';
import type { AnyPlugin, PluginManifest } from '@parley/kernel';
import { root } from '../run.ts';
import { sources } from './sources.ts';

/** A plugin of this repository. */
export interface KnownPlugin {
  readonly folder: string;
  readonly manifest: PluginManifest;
}

/** Every plugin of the repository, by id. */
export async function findPlugins(): Promise<readonly KnownPlugin[]> {
  const folders = readdirSync(join(root, 'plugins')).toSorted();
  const doors = folders.filter((folder) =>
    sources.some(({ path }) => path === `plugins/${folder}/src/server/index.ts`),
  );
  return Promise.all(
    doors.map(async (folder) => {
      const door = (await import(join(root, 'plugins', folder, 'src/server/index.ts'))) as { default: AnyPlugin };
      return { folder, manifest: manifestOf(door.default) };
    }),
  );
}
