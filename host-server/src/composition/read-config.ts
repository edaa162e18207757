import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckedConfigFile, ConfigFile, ConfigFileInput } from '@parley/kernel/config';
import { hostErrors } from '../host-errors.ts';
import type { Environment } from './shipped.ts';

const CONFIG_FILES = ['parley.config.yaml', 'parley.config.yml', 'parley.config.ts', 'parley.config.mjs'];

/**
 * The config file of a folder: PARLEY_CONFIG, or the one that lies there under a known name.
 * @throws HOST_BAD_SETTING when the named file is missing, or when several lie there
 */
export function findConfigFile(cwd: string, env: Environment): string | undefined {
  const named = env['PARLEY_CONFIG'];
  if (named) {
    const path = resolve(cwd, named);
    if (existsSync(path)) return path;
    throw hostErrors.BAD_SETTING({ name: 'PARLEY_CONFIG', value: named, expected: 'a file that exists' });
  }
  const found = CONFIG_FILES.map((name) => resolve(cwd, name)).filter((path) => existsSync(path));
  if (found.length < 2) return found[0];
  throw hostErrors.BAD_SETTING({ name: 'PARLEY_CONFIG', value: 'not set', expected: `one of ${found.join(', ')}` });
}

/** Changes with the content of a config file. */
export const configHash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/**
 * Reads a config file, YAML or TypeScript.
 * @throws KERNEL_INVALID with every problem, each with file and line, HOST_BAD_CONFIG
 */
export async function readConfig(path: string, env: Environment): Promise<ConfigFile> {
  const { readConfigFile } = await import('@parley/kernel/config');
  return readConfigFile(await inputOf(path, env));
}

/** A config file as far as it can be read. @throws KERNEL_INVALID when it is no YAML, HOST_BAD_CONFIG */
export async function checkConfig(path: string, env: Environment): Promise<CheckedConfigFile> {
  const { checkConfigFile } = await import('@parley/kernel/config');
  return checkConfigFile(await inputOf(path, env));
}

async function inputOf(path: string, env: Environment): Promise<ConfigFileInput> {
  const readFile = (file: string) => {
    const at = resolve(dirname(path), file);
    return existsSync(at) ? readFileSync(at, 'utf8') : undefined;
  };
  const input = { text: readFileSync(path, 'utf8'), fileName: path, env, readFile };
  return ['.yaml', '.yml'].includes(extname(path)) ? input : { ...input, tree: await readTree(path) };
}

/** Another content is another module, so that a change is seen. */
async function readTree(path: string): Promise<unknown> {
  const address = `${pathToFileURL(path).href}?content=${configHash(path).slice(0, 16)}`;
  const module = (await import(address).catch((error: unknown) => {
    throw hostErrors.BAD_CONFIG({ path, reason: error instanceof Error ? error.message : String(error) }, error);
  })) as { default?: unknown };
  if (typeof module.default === 'object' && module.default !== null) return module.default;
  const reason = 'it has no default export; write `export default defineConfig({ ... })`';
  throw hostErrors.BAD_CONFIG({ path, reason });
}
