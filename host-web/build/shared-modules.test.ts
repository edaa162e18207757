import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const packageOf = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    exports: Record<string, unknown>;
  };
const doorsOf = (folder: string): string[] => {
  const { name, exports } = packageOf(folder);
  return Object.keys(exports)
    .filter((door) => !/\.(css|json)$/.test(door))
    .map((door) => name + door.slice(1));
};
/** Doors of the SDK for shells, for tests and for Node. */
const NOT_FOR_REMOTES = new Set(['host', 'federation', 'testing', 'build'].map((door) => `@parley/web/${door}`));

describe('modules shared with remotes', () => {
  let shared: Record<string, { readonly version: string }> = {};
  beforeAll(async () => {
    const path = new URL('../src/federation/shared-modules.ts', import.meta.url).href;
    shared = ((await import(path)) as { sharedModules: typeof shared }).sharedModules;
  });

  it('are every door of the kit and of the SDK', () => {
    const doors = [...doorsOf('core/ui'), ...doorsOf('core/web')].filter((door) => !NOT_FOR_REMOTES.has(door));
    expect(doors.filter((door) => !(door in shared))).toEqual([]);
  });

  it('have the versions that are installed', () => {
    const installed = Object.keys(shared).map((name) => {
      const owner = name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/');
      return [name, packageOf(`node_modules/${owner}`).version];
    });
    expect(Object.entries(shared).map(([name, { version }]) => [name, version])).toEqual(installed);
  });
});
