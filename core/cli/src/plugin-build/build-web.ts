import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cssProblem, listFiles, packageOf, sha256 } from '@parley/package';
import { createPluginUiConfig, sharedFromShell } from '@parley/web/build';
import type { ExternalItemFunctionData } from '@rspack/core';
import { compile } from './compile.ts';
import type { PluginFolder } from './plugin-folder.ts';

/** A built remote. */
export interface WebResult {
  readonly remote: string;
  readonly entry: string;
  /** Ranges of what it takes from the page, by package. */
  readonly shared: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** What no page has, and why it may not be bundled either. */
const NOT_IN_PAGES = /^(node:|@parley\/(kernel|testing|cli|package|host-|web\/(host|federation|testing|build)))/;

/** Builds the web side of a plugin into `<outDir>/web`, as a remote whose name is new with each content. */
export async function buildWebSide(folder: PluginFolder, pluginId: string, outDir: string): Promise<WebResult> {
  const { dir, web = '' } = folder;
  const problems = new Set<string>();
  const used = new Set<string>();
  const onImport = (specifier: string, file: string) => {
    if (NOT_IN_PAGES.test(specifier)) problems.add(`${relative(dir, file)} imports ${specifier}, which no page has`);
    used.add(packageOf(specifier));
  };
  const remote = `${pluginId.replace(/\W/g, '_')}_${sourceHash(dir).slice(0, 8)}`;
  const target = join(outDir, 'web');
  const config = createPluginUiConfig({ id: pluginId, dir, entry: `./${web}`, outDir: target, remote, dev: false });
  await compile('web', { ...config, externals: [watchImports(onImport)] });
  for (const file of listFiles(target).filter((name) => name.endsWith('.css'))) {
    const reason = cssProblem(readFileSync(join(target, file), 'utf8'), pluginId);
    if (reason !== undefined) problems.add(`the style ${file} would reach beyond the plugin: ${reason}`);
  }
  return { remote, entry: 'remoteEntry.js', shared: rangesOf(used), problems: [...problems] };
}

/** Sees every import and leaves it as it is. */
const watchImports =
  (onImport: (specifier: string, file: string) => void) =>
  ({ request = '', contextInfo }: ExternalItemFunctionData): Promise<undefined> => {
    if (/^(@?[a-z]|node:)/.test(request)) onImport(request, contextInfo?.issuer ?? '');
    return Promise.resolve(undefined);
  };

/** Shared packages by name, those with `/` at the end included. */
const RANGES: ReadonlyMap<string, string> = new Map(
  Object.entries(sharedFromShell).map(([key, { requiredVersion }]) => [key.replace(/\/$/, ''), requiredVersion]),
);

/** React is needed by every web side: its components are made by React's own runtime. */
const rangesOf = (used: ReadonlySet<string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...RANGES].filter(([name]) => name === 'react' || used.has(name)));

function sourceHash(dir: string): string {
  const sources = listFiles(join(dir, 'src')).filter((file) => !/\.test\.tsx?$/.test(file));
  return sha256(sources.map((file) => `${file} ${sha256(readFileSync(join(dir, 'src', file)))}\n`).join(''));
}
