import { countResults, lockPlugin, readReport } from '@parley/package';
import type { PluginPackage } from '@parley/package';
import type { ApplyChanges } from './apply-changes.ts';
import { differenceLines, newPermissionLines } from './differences.ts';
import { installErrors } from './install-errors.ts';
import { install, type Installation, lockedOf, requireLocked, toView, uninstall } from './installation.ts';
import { openSource } from './open-source.ts';
import { type Answers, askedGrants, confirmGrants, permissionLines } from './permissions.ts';
import { installedManifest } from './installed-manifest.ts';

/** What installing works with. */
export interface InstallDeps {
  readonly installation: Installation;
  /** Folder that sources are named from. */
  readonly cwd: string;
  readonly answers: Answers;
  readonly applyChanges: ApplyChanges;
  /** What a new plugin is set to. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly print: (line: string) => void;
}

/** Installs a plugin that is not there yet and adds it to the composition. @throws what keeps it out; nothing is changed then */
export async function addPlugin(source: string, deps: InstallDeps): Promise<string> {
  const { installation, cwd, answers, print } = deps;
  const { pack, close } = openSource(source, cwd);
  try {
    const { id, version } = pack.manifest.plugin;
    const present = lockedOf(installation, id);
    if (present !== undefined) throw installErrors.INSTALLED({ id, version: present.version, source });
    describe(pack, print);
    const asked = askedGrants(pack.manifest);
    for (const line of permissionLines(asked)) print(`  it ${line}`);
    const grants = await confirmGrants(id, asked, answers);
    install(installation, pack, grants);
    const settings = Object.keys(deps.settings).length === 0 ? {} : { settings: deps.settings };
    const result = await deps.applyChanges([{ do: 'add', use: id, ...settings }]).catch((error: unknown) => {
      uninstall(installation, id);
      throw error;
    });
    return `plugin add: ${id} ${version}, ${result}`;
  } finally {
    close();
  }
}

/** Replaces an installed plugin by another version of it. @throws INSTALL_UNCONFIRMED when it asks for more than was granted */
export async function updatePlugin(source: string, deps: InstallDeps): Promise<string> {
  const { installation, cwd, answers, print } = deps;
  const { pack, close } = openSource(source, cwd);
  try {
    const { id, version } = pack.manifest.plugin;
    const locked = requireLocked(installation, id);
    if (locked.manifestHash === pack.manifestHash) return `plugin update: ${id} ${version} is installed already`;
    describe(pack, print);
    for (const line of differenceLines(installedManifest(installation, id, locked), pack.manifest)) print(`  ${line}`);
    const more = newPermissionLines(pack.manifest, locked.grants);
    for (const line of more) print(`  new: it ${line}`);
    const asked = askedGrants(pack.manifest);
    // What was refused before stays refused; only what is new is asked.
    const grants = more.length === 0 ? toView(locked.grants) : await confirmGrants(id, asked, answers);
    install(installation, pack, grants);
    const result = await deps.applyChanges([{ do: 'update', id }]).catch((error: unknown) => {
      lockPlugin(installation.lockfile, id, locked);
      throw error;
    });
    return `plugin update: ${id} ${locked.version} -> ${version}, ${result}`;
  } finally {
    close();
  }
}

/** Takes a plugin out of the composition and out of the data folder; its records stay. */
export async function removePlugin(id: string, { installation, applyChanges, print }: InstallDeps): Promise<string> {
  const locked = requireLocked(installation, id);
  const { plugin } = installedManifest(installation, id, locked);
  const result = await applyChanges([{ do: 'remove', id }]);
  uninstall(installation, id);
  const kept = ((plugin['storage'] ?? []) as readonly { readonly name: string }[]).map(({ name }) => `${id}.${name}`);
  if (kept.length > 0) {
    print(`  kept: the records in ${kept.join(', ')}; they are there again when it is installed again.`);
    print('  To erase them with storage-sqlite, stop the server and run on <data>/parley.db:');
    for (const name of kept) print(`    DELETE FROM "${name}";`);
  }
  return `plugin remove: ${id} ${locked.version}, ${result}`;
}

function describe(pack: PluginPackage, print: (line: string) => void): void {
  const { plugin, files, integrity } = pack.manifest;
  print(
    `${plugin.id} ${plugin.version}: ${Object.keys(files).length} files, all as built, integrity ${integrity.slice(0, 8)}`,
  );
  print(`  ${reportLine(pack)}`);
}

function reportLine(pack: PluginPackage): string {
  const checked = readReport(pack);
  if (checked === undefined) return 'no report: its author did not run `parley plugin verify`';
  const { report, keyId, problem } = checked;
  if (problem !== undefined) return `its report proves nothing: ${problem}`;
  const { passed, failed, skipped } = countResults(report);
  return `report of ${report.madeAt.slice(0, 10)}, signed with key ${keyId}: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}
