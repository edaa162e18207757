import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { StatsCompilation } from '@rspack/core';

/**
 * What a signed-in person's browser imports before the composer at `/` can be used, beside the scripts of the HTML:
 * `<package> <what it imports>`. An end-to-end test holds this list against what Chromium fetched.
 */
const START_IMPORTS: readonly string[] = [
  'host-web @parley/plugin-auth-local/web',
  'host-web @parley/plugin-chat/web',
  'host-web @parley/plugin-conversations/web',
  'host-web @parley/plugin-identity/web',
  'host-web @parley/plugin-search/web',
  'host-web @parley/plugin-speech/web',
  'plugins/chat ./home/new-chat-page.tsx',
  'plugins/conversations ./conversation-list.tsx',
];

/** Script files of a build by the dynamic import that fetches them. */
export type ImportedFiles = Readonly<Record<string, readonly string[]>>;

/** Which files each dynamic import of a build fetches. */
export function importedFiles({ chunks = [] }: StatsCompilation): ImportedFiles {
  const found = new Map<string, Set<string>>();
  for (const { origins = [], files = [] } of chunks) {
    for (const { moduleName = '', request = '' } of origins) {
      if (request === '') continue;
      const key = `${packageOf(moduleName)} ${request}`;
      found.set(key, new Set([...(found.get(key) ?? []), ...files.filter((file) => file.endsWith('.js'))]));
    }
  }
  return Object.fromEntries([...found].map(([key, files]) => [key, [...files].toSorted()]));
}

/** `plugins/chat` of `../plugins/chat/src/web/index.ts`; names of modules are relative to this package. */
const packageOf = (moduleName: string): string =>
  /^\.\.\/(\w+\/[\w-]+)\//.exec(moduleName)?.[1] ?? (moduleName.startsWith('./') ? 'host-web' : moduleName);

/**
 * The files that some imports of a web build fetch.
 * @throws when the build has no such import
 */
export function filesOf(webDir: string, imports: readonly string[]): readonly string[] {
  const { shell } = JSON.parse(readFileSync(join(webDir, 'manifest.json'), 'utf8')) as {
    readonly shell: { readonly imports: ImportedFiles };
  };
  return imports.flatMap((name) => {
    const files = shell.imports[name];
    if (!files)
      throw new Error(`The web build has no import "${name}"; it has ${Object.keys(shell.imports).join(', ')}`);
    return files;
  });
}

/** One script that is fetched before the composer can be used. Units: bytes, gzipped. */
export interface StartFile {
  readonly file: string;
  readonly bytes: number;
}

/** The scripts of a web build that are fetched before the composer can be used. */
export function startFiles(webDir: string): readonly StartFile[] {
  const shell = join(webDir, 'shell');
  const html = readFileSync(join(shell, 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/<script[^>]+src="?\/?([^"\s>]+)/g)].map((match) => match[1] ?? '');
  return [...new Set([...scripts, ...filesOf(webDir, START_IMPORTS)])].map((file) => ({
    file,
    bytes: gzipSync(readFileSync(join(shell, file)), { level: 9 }).length,
  }));
}
