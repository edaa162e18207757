import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { hashFiles, installedPackage, integrityOf, listFiles, MANIFEST_FILE, REPORT_FILE } from '@parley/package';
import { PackageManifest } from '@parley/package';
import { buildErrors } from './build-errors.ts';
import { buildServer, type ServerResult } from './build-server.ts';
import { buildTypes } from './build-types.ts';
import { buildWebSide, type WebResult } from './build-web.ts';
import { checkDependencies, hostPackages, unpackedFiles } from './check-dependencies.ts';
import { describePlugin, type Description } from './describe-plugin.ts';
import { type PluginFolder, readPluginFolder } from './plugin-folder.ts';

/** A package that was written. */
export interface BuiltPackage {
  readonly manifest: PackageManifest;
  /** Size of each part in bytes; of what a page loads, gzipped. */
  readonly sizes: readonly { readonly part: string; readonly bytes: number }[];
  /** What works but could be better. */
  readonly notes: readonly string[];
}

/** How a package is built. */
export interface BuildOptions {
  readonly dir: string;
  /** A file URL of what sees the host's modules: the host's package. */
  readonly from: string;
  /** Leaves the declarations out, and with them the check of types. */
  readonly hasTypes?: boolean;
}

const OUT = 'dist';
/** Files beside `dist` that belong to a package when they are there. */
const BESIDE = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/**
 * Builds the plugin in a folder into `dist/` and `plugin.manifest.json`.
 * @throws BUILD_NO_PACKAGE, BUILD_COMPILE_FAILED, BUILD_TYPES_FAILED, BUILD_CHECK_FAILED
 */
export async function buildPackage({ dir, from, hasTypes = true }: BuildOptions): Promise<BuiltPackage> {
  const folder = readPluginFolder(dir);
  const outDir = join(dir, OUT);
  for (const old of [OUT, MANIFEST_FILE, REPORT_FILE]) rmSync(join(dir, old), { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const server = await buildServer(folder, outDir);
  failOn([...server.problems, ...checkDependencies(folder)]);
  const description = await describePlugin(outDir, server, from);
  failOn(definitionProblems(folder, description));
  const web = folder.web === undefined ? undefined : await buildWebSide(folder, description.plugin.id, outDir);
  failOn(web?.problems ?? []);
  const untyped = hasTypes ? await buildTypes(folder, outDir) : 'the types were not checked';
  const manifest = createManifest({ folder, server, web, description, from });
  writeFileSync(join(dir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return { manifest, sizes: sizesOf(outDir), notes: [...(untyped ? [untyped] : []), ...packNotes(folder)] };
}

function failOn(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw buildErrors.CHECK_FAILED({ problems: problems.map((text) => `  - ${text}`).join('\n') });
}

/** Where package and definition do not say the same. */
function definitionProblems({ packageJson, web }: PluginFolder, { plugin, routes }: Description): readonly string[] {
  const { id, version, ui } = plugin;
  return [
    ...(version === packageJson.version
      ? []
      : [`the definition says version ${version}, package.json says ${packageJson.version}`]),
    ...(ui && web === undefined ? ['the definition has ui, but there is no src/web/index.ts'] : []),
    ...(!ui && web !== undefined ? ['there is a web side, but the definition has no ui that says where it shows'] : []),
    ...(ui?.['builtIn'] ? ['ui.builtIn is for web sides in the shell itself; leave it out'] : []),
    ...[...new Set(routes.map(({ contract }) => contract))]
      .filter((contract) => contract !== id)
      .map((contract) => `the contract ${contract} has another id than the plugin ${id}`),
    ...routes
      .filter(({ path }) => !path.startsWith('/api/x/'))
      .map(
        ({ name, path }) => `${name} is at ${path}; a plugin serves below /api/x/${id}, so write its path without /api`,
      ),
  ];
}

const packNotes = (folder: PluginFolder): readonly string[] => {
  const missing = unpackedFiles(folder);
  return missing.length === 0
    ? []
    : [`npm pack would leave out ${missing.join(', ')}; add them to "files" in package.json`];
};

interface Parts {
  readonly folder: PluginFolder;
  readonly server: ServerResult;
  readonly web: WebResult | undefined;
  readonly description: Description;
  readonly from: string;
}

function createManifest({ folder, server, web, description, from }: Parts): PackageManifest {
  const { dir, packageJson } = folder;
  const versionOf = (name: string) => installedPackage(name, from)?.version ?? '0.0.0';
  const modules = Object.fromEntries(hostPackages(server.hostImports).map((name) => [name, `^${versionOf(name)}`]));
  const paths = [
    ...listFiles(join(dir, OUT)).map((path) => `${OUT}/${path}`),
    ...BESIDE.filter((path) => existsSync(join(dir, path))),
  ];
  const files = hashFiles(dir, paths);
  const doors = Object.entries(server.doors).map(([door, path]) => [door, `${OUT}/${path}`] as const);
  const libraries = Object.keys(modules).map((name) => [`module:${name}`, versionOf(name)] as const);
  return PackageManifest.parse({
    formatVersion: 1,
    package: packageJson.name,
    ...description,
    compiledAgainst: { ...description.compiledAgainst, ...Object.fromEntries(libraries) },
    parley: { kernel: description.plugin.kernel, modules },
    doors: Object.fromEntries(doors),
    ...(web
      ? {
          web: {
            remote: web.remote,
            dir: `${OUT}/web`,
            entry: web.entry,
            react: web.shared['react'] ?? '*',
            shared: web.shared,
          },
        }
      : {}),
    files,
    integrity: integrityOf(files),
  });
}

function sizesOf(outDir: string): BuiltPackage['sizes'] {
  const sum = (part: string, bytesOf: (path: string) => number, wanted: (path: string) => boolean) => ({
    part,
    bytes: listFiles(join(outDir, part))
      .filter(wanted)
      .reduce((total, path) => total + bytesOf(join(outDir, part, path)), 0),
  });
  return [
    sum(
      'server',
      (path) => statSync(path).size,
      (path) => path.endsWith('.js') && path !== 'kit.js',
    ),
    sum(
      'contract',
      (path) => statSync(path).size,
      (path) => path.endsWith('.js'),
    ),
    sum(
      'web',
      (path) => gzipSync(readFileSync(path)).length,
      () => true,
    ),
  ].filter(({ bytes }) => bytes > 0);
}
