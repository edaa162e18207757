import { missingGrants } from '@parley/kernel/lockfile';
import type { PluginManifest } from '@parley/kernel';
import type { PackageManifest } from '@parley/package';
import { type LooseGrants, toView } from './installation.ts';
import { permissionLines } from './permissions.ts';

interface Entity {
  readonly name: string;
  readonly version: number;
}

/** What an update changes, one line each; both manifests are data, no code of either runs. */
export function differenceLines(before: PackageManifest, after: PackageManifest): readonly string[] {
  const routes = (manifest: PackageManifest) => manifest.routes.map(({ method, path }) => `${method} ${path}`);
  const slots = ({ plugin }: PackageManifest) =>
    Object.entries(plugin.ui?.slots ?? {}).flatMap(([slot, entries]) => entries.map(({ id }) => `${slot} ${id}`));
  return [
    `version ${before.plugin.version} -> ${after.plugin.version}`,
    ...listLines('operation', routes(before), routes(after)),
    ...listLines('place in the page', slots(before), slots(after)),
    ...migrationLines(before, after),
    ...fileLine(before, after),
  ];
}

function listLines(what: string, before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...after.filter((each) => !before.includes(each)).map((each) => `${what} added: ${each}`),
    ...before.filter((each) => !after.includes(each)).map((each) => `${what} removed: ${each}`),
  ];
}

const entitiesOf = ({ plugin }: PackageManifest): readonly Entity[] => (plugin['storage'] ?? []) as readonly Entity[];

const migrationLines = (before: PackageManifest, after: PackageManifest): readonly string[] =>
  entitiesOf(after).flatMap(({ name, version }) => {
    const old = entitiesOf(before).find((entity) => entity.name === name);
    return old === undefined || old.version === version
      ? []
      : [`records of ${name} move from version ${old.version} to ${version}`];
  });

function fileLine({ files: before }: PackageManifest, { files: after }: PackageManifest): readonly string[] {
  const changed = Object.entries(after).filter(([path, hash]) => before[path] !== hash).length;
  const gone = Object.keys(before).filter((path) => !(path in after)).length;
  return changed + gone === 0 ? [] : [`${changed} files are new or changed, ${gone} are gone`];
}

/** What an update asks for beyond what was granted, in words; empty when the grants cover it. */
export function newPermissionLines({ plugin }: PackageManifest, granted: LooseGrants): readonly string[] {
  const missing = missingGrants(plugin as unknown as PluginManifest, toView(granted));
  return missing === undefined ? [] : permissionLines(missing);
}
