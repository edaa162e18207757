import { basename, relative } from 'node:path';
import { isHostModule } from '@parley/package';
import { compile } from './compile.ts';
import type { PluginFolder } from './plugin-folder.ts';
import { createServerConfig } from './server-config.ts';

/** The built doors that run in Node. */
export interface ServerResult {
  /** Path of each door below the output folder. */
  readonly doors: { readonly server: string; readonly contract?: string; readonly kit?: string };
  /** What the doors import from the host, kits left out. */
  readonly hostImports: ReadonlySet<string>;
  readonly problems: readonly string[];
}

/** Builds server, contract and kits of a plugin into `<outDir>/server` and `<outDir>/contract`. */
export async function buildServer(folder: PluginFolder, outDir: string): Promise<ServerResult> {
  const { dir, server, contract, kit } = folder;
  const hostImports = new Set<string>();
  const problems = new Set<string>();
  const entries = {
    'server/index': `./${server}`,
    ...(contract === undefined ? {} : { 'contract/index': `./${contract}` }),
    ...(kit === undefined ? {} : { 'server/kit': `./${kit}` }),
  };
  const onImport = (specifier: string, file: string) => {
    if (isHostModule(specifier)) return void hostImports.add(specifier);
    if (isKit(file) && isForTests(specifier)) return undefined;
    return void problems.add(`${relative(dir, file)} imports ${specifier}, ${reasonFor(specifier)}`);
  };
  await compile('server', createServerConfig({ dir, entries, outDir, onImport }));
  return {
    doors: {
      server: 'server/index.js',
      ...(contract === undefined ? {} : { contract: 'contract/index.js' }),
      ...(kit === undefined ? {} : { kit: 'server/kit.js' }),
    },
    hostImports,
    problems: [...problems],
  };
}

const isForTests = (specifier: string): boolean => /^@parley\/testing(\/kits)?$/.test(specifier);

/** Kits are loaded by `parley plugin verify` only. */
const isKit = (file: string): boolean => basename(file) === 'kit.ts' || /[\\/]kit[\\/]/.test(file);

const reasonFor = (specifier: string): string =>
  isForTests(specifier)
    ? 'which a host does not have; only the kit may, in src/server/kit.ts'
    : 'which is not for server code; use @parley/contracts, @parley/kernel, zod and contract sides of plugins';
