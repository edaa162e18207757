import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildErrors } from './build-errors.ts';

/** What a plugin's `package.json` says that the build reads. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The folder of a plugin and the sources of its doors, as paths inside it. */
export interface PluginFolder {
  readonly dir: string;
  readonly packageJson: PackageJson;
  readonly server: string;
  readonly contract?: string;
  readonly kit?: string;
  readonly web?: string;
}

/** Where each door starts: the layout that `parley plugin new` makes. */
const DOORS = {
  server: ['src/server/index.ts', 'src/index.ts', 'index.ts'],
  contract: ['src/contract/index.ts'],
  kit: ['src/server/kit.ts', 'src/kit.ts', 'kit.ts'],
  web: ['src/web/index.ts', 'src/web/index.tsx'],
} as const;

/** Finds the doors of the plugin in a folder. @throws BUILD_NO_PACKAGE */
export function readPluginFolder(dir: string): PluginFolder {
  const refuse = (reason: string) => buildErrors.NO_PACKAGE({ dir, reason });
  const path = join(dir, 'package.json');
  if (!existsSync(path)) throw refuse('package.json is missing; give it a name, a version and "type": "module"');
  const packageJson = JSON.parse(readFileSync(path, 'utf8')) as PackageJson & { readonly type?: string };
  if (!packageJson.name || !packageJson.version) throw refuse('package.json has no name or no version');
  if (packageJson.type !== 'module') throw refuse('package.json needs "type": "module"');
  const find = (candidates: readonly string[]) => candidates.find((candidate) => existsSync(join(dir, candidate)));
  const server = find(DOORS.server);
  if (server === undefined) throw refuse(`there is none of ${DOORS.server.join(', ')}`);
  const others = (['contract', 'kit', 'web'] as const).flatMap((door) => {
    const found = find(DOORS[door]);
    return found === undefined ? [] : [[door, found] as const];
  });
  return { dir, packageJson, server, ...Object.fromEntries(others) };
}
