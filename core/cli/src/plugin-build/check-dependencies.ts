import { isHostModule, packageOf } from '@parley/package';
import { sharedFromShell } from '@parley/web/build';
import intersects from 'semver/ranges/intersects.js';
import validRange from 'semver/ranges/valid.js';
import type { PluginFolder } from './plugin-folder.ts';

/** Where `package.json` asks for another version of a shared library than the page has. */
export function checkDependencies({ packageJson, web }: PluginFolder): readonly string[] {
  if (web === undefined) return [];
  const asked = { ...packageJson.dependencies, ...packageJson.peerDependencies };
  return Object.entries(sharedFromShell).flatMap(([key, { requiredVersion }]) => {
    const range = asked[key];
    if (range === undefined || validRange(range) === null || intersects(range, requiredVersion)) return [];
    return [
      `package.json asks for ${key} ${range}; the page has ${requiredVersion} and a plugin brings none of its own`,
    ];
  });
}

/** Files that `npm pack` would leave out, so that the package could not be installed. */
export function unpackedFiles({ packageJson: { files } }: PluginFolder): readonly string[] {
  if (files === undefined) return [];
  return ['dist', 'plugin.manifest.json', 'plugin.report.json'].filter((name) => !files.includes(name));
}

/** Packages behind the imports that are left to the host. */
export const hostPackages = (imports: ReadonlySet<string>): readonly string[] => [
  ...new Set([...imports].filter(isHostModule).map(packageOf)),
];
