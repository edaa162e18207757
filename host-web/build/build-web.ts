import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPluginUiConfig } from '@parley/web/build';
import { type Configuration, rspack, type StatsCompilation } from '@rspack/core';
import { type FederatedPlugin, federatedPlugins } from './federated-plugins.ts';
import { createShellConfig } from './shell-config.ts';
import { sourceHash } from './source-hash.ts';
import { importedFiles } from './start-imports.ts';
import { compressFiles, hashFiles, integrityOf } from './web-files.ts';

/** What to build, and where. */
export interface WebBuildOptions {
  /** The repository. */
  readonly root: string;
  /** `<root>/.parley/web` without one. */
  readonly outDir?: string;
  /** Called with one line for each step. */
  readonly onProgress?: (line: string) => void;
}

/** A finished build. */
export interface WebBuildResult {
  readonly outDir: string;
  /** False when the sources were those of the build already there. */
  readonly isBuilt: boolean;
}

const ENTRY = 'remoteEntry.js';

/**
 * Builds the shell and the federated plugins into `shell/`, `plugins/<id>/` and `manifest.json`, with compressed copies.
 * @throws with the compiler's messages when a source does not build
 */
export async function buildWeb({ root, outDir = join(root, '.parley/web'), onProgress }: WebBuildOptions) {
  const say = onProgress ?? (() => undefined);
  const hash = sourceHash(root);
  const manifestPath = join(outDir, 'manifest.json');
  if (hashOf(manifestPath) === hash) {
    say('web: unchanged');
    return { outDir, isBuilt: false } satisfies WebBuildResult;
  }
  // Without a manifest an interrupted build is no build.
  rmSync(manifestPath, { force: true });
  mkdirSync(outDir, { recursive: true });

  const plugins = await federatedPlugins(root);
  const shellDir = join(outDir, 'shell');
  say('web: building the shell');
  const stats = await compile(createShellConfig({ outDir: shellDir, dev: false }));
  await compressFiles(shellDir);

  const built: Record<string, object> = {};
  for (const plugin of plugins) {
    say(`web: building plugin ${plugin.id}`);
    built[plugin.id] = await buildPlugin(plugin, join(outDir, 'plugins', plugin.id), hash);
  }
  const shell = { files: hashFiles(shellDir), imports: importedFiles(stats) };
  const manifest = { sourceHash: hash, shell, shared: await sharedVersions(), plugins: built };
  writeFileSync(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
  say('web: done');
  return { outDir, isBuilt: true } satisfies WebBuildResult;
}

/** Versions of what the page shares, so that a plugin that needs others is refused before a page loads it. */
async function sharedVersions(): Promise<Readonly<Record<string, string>>> {
  // By address: the module belongs to the browser's types, and only its data is read here.
  const address = new URL('../src/federation/shared-modules.ts', import.meta.url).href;
  const { sharedModules } = (await import(address)) as { sharedModules: Record<string, { readonly version: string }> };
  const versions = Object.entries(sharedModules).map(([name, { version }]) => [packageOf(name), version] as const);
  return Object.fromEntries(versions);
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

async function buildPlugin({ id, dir }: FederatedPlugin, outDir: string, hash: string) {
  const remote = `${id.replace(/\W/g, '_')}_${hash.slice(0, 8)}`;
  await compile(createPluginUiConfig({ id, dir, outDir, remote, dev: false }));
  await compressFiles(outDir);
  const files = hashFiles(outDir);
  return {
    remote,
    entry: ENTRY,
    integrity: integrityOf(readFileSync(join(outDir, ENTRY)), 'sha384'),
    hash: createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16),
    files,
  };
}

function hashOf(manifestPath: string): string | undefined {
  if (!existsSync(manifestPath)) return undefined;
  return (JSON.parse(readFileSync(manifestPath, 'utf8')) as { sourceHash?: string }).sourceHash;
}

const STATS = { all: false, ids: true, chunks: true, chunkOrigins: true };

function compile(config: Configuration): Promise<StatsCompilation> {
  const compiler = rspack(config);
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString({ preset: 'errors-only', colors: false })));
        else resolve(stats?.toJson(STATS) ?? {});
      });
    });
  });
}
