import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installedPackage } from '@parley/package';
import { buildErrors } from './build-errors.ts';
import type { PluginFolder } from './plugin-folder.ts';

const CONFIG = 'tsconfig.parley-build.json';

/** Writes the declarations of server and contract. Resolves with why not, where there is no compiler. @throws BUILD_TYPES_FAILED */
export async function buildTypes(folder: PluginFolder, outDir: string): Promise<string | undefined> {
  const compiler = findCompiler(folder.dir);
  if (compiler === undefined) return 'typescript is not installed; no declarations were written';
  if (!folder.server.startsWith('src/')) return 'a plugin without a src folder has no declarations';
  const config = join(folder.dir, CONFIG);
  writeFileSync(config, JSON.stringify(configOf(folder, outDir)));
  try {
    const { code, output } = await run(compiler, ['-p', config, '--pretty', 'false'], folder.dir);
    const own = ownErrors(output);
    if (code !== 0 && own !== '') throw buildErrors.TYPES_FAILED({ text: own });
  } finally {
    rmSync(config, { force: true });
  }
  return undefined;
}

/** The author's compiler, or the one beside this command. */
function findCompiler(dir: string): string | undefined {
  const found =
    installedPackage('typescript', pathToFileURL(join(dir, 'package.json')).href) ??
    installedPackage('typescript', import.meta.url);
  if (found === undefined) return undefined;
  const { bin } = JSON.parse(readFileSync(join(found.dir, 'package.json'), 'utf8')) as { bin?: { tsc?: string } };
  return bin?.tsc === undefined ? undefined : join(found.dir, bin.tsc);
}

/** What is said about files of the plugin; libraries that come as sources may have been written under other rules. */
const ownErrors = (output: string): string =>
  output
    .trimEnd()
    .split(/\n(?=\S)/)
    .filter((error) => !/^(\.\.[\\/]|node_modules[\\/])/.test(error))
    .join('\n');

const configOf = ({ dir, server, contract }: PluginFolder, outDir: string): object => ({
  ...(existsSync(join(dir, 'tsconfig.json')) ? { extends: './tsconfig.json' } : {}),
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    customConditions: hasDeclarations(dir) ? [] : ['parley:source'],
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: false,
    types: installedPackage('@types/node', pathToFileURL(join(dir, 'package.json')).href) ? ['node'] : [],
    composite: false,
    incremental: false,
    noEmit: false,
    declaration: true,
    declarationMap: false,
    emitDeclarationOnly: true,
    rootDir: './src',
    outDir,
  },
  files: [server, ...(contract === undefined ? [] : [contract])],
  include: [],
  references: [],
});

/** A Parley that is linked and was never built has its types in its sources only. */
const hasDeclarations = (dir: string): boolean => {
  const kernel = installedPackage('@parley/kernel', pathToFileURL(join(dir, 'package.json')).href);
  return kernel !== undefined && existsSync(join(kernel.dir, 'dist/index.d.ts'));
};

function run(file: string, args: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const program = spawn(process.execPath, [file, ...args], { cwd, env: { ...process.env, NODE_OPTIONS: '' } });
    let output = '';
    program.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    program.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
    program.once('error', reject);
    program.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
