import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { HostOptions } from '@parley/kernel';
import type { ConfigFile } from '@parley/kernel/config';
import { loadComposition } from './composition.ts';
import type { Environment } from './composition.ts';
import { hostErrors } from './host-errors.ts';

const CONFIG_FILE = 'parley.config.yaml';
const DEFAULT_PORT = 3080;
const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Where a host is started. */
export interface HostSurroundings {
  readonly cwd: string;
  readonly env: Environment;
}

/**
 * What a host is started with: the environment before the config file before the defaults.
 * Source: PORT or PARLEY_PORT, PARLEY_HOST, PARLEY_DATA, PARLEY_PUBLIC_URL, PARLEY_LOG, PARLEY_WEB, and the file
 * PARLEY_CONFIG or `parley.config.yaml`.
 * @throws KERNEL_INVALID, HOST_PLUGIN_NOT_FOUND, HOST_BAD_SETTING
 */
export async function readHostOptions({ cwd, env }: HostSurroundings): Promise<HostOptions> {
  const config = await readConfig(cwd, env);
  const server = config?.server ?? {};
  const publicUrl = env['PARLEY_PUBLIC_URL'] || server.publicUrl;
  const webDir = env['PARLEY_WEB'];
  return {
    plugins: await loadComposition(config, env),
    ...(config ? { bindings: config.bindings, configSource: config.source } : {}),
    ...(config?.name === undefined ? {} : { name: config.name }),
    ...(server.trustedProxies ? { trustedProxies: server.trustedProxies } : {}),
    ...(publicUrl ? { publicUrl: checkUrl(publicUrl) } : {}),
    ...(webDir ? { webDir: resolve(cwd, webDir) } : {}),
    port: readPort(env['PORT'] || env['PARLEY_PORT']) ?? server.port ?? DEFAULT_PORT,
    address: env['PARLEY_HOST'] || server.address || '127.0.0.1',
    dataDir: resolve(cwd, env['PARLEY_DATA'] || 'data'),
    logLevel: readLevel(env['PARLEY_LOG']),
  };
}

/** The YAML parser is loaded only where there is a file. */
async function readConfig(cwd: string, env: Environment): Promise<ConfigFile | undefined> {
  const named = env['PARLEY_CONFIG'];
  const path = resolve(cwd, named || CONFIG_FILE);
  if (!existsSync(path)) {
    if (!named) return undefined;
    throw hostErrors.BAD_SETTING({ name: 'PARLEY_CONFIG', value: named, expected: 'a file that exists' });
  }
  const { readConfigFile } = await import('@parley/kernel/config');
  const readFile = (file: string) => {
    const at = resolve(dirname(path), file);
    return existsSync(at) ? readFileSync(at, 'utf8') : undefined;
  };
  return readConfigFile({ text: readFileSync(path, 'utf8'), fileName: path, env, readFile });
}

function readPort(value: string | undefined): number | undefined {
  if (!value) return undefined;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw hostErrors.BAD_SETTING({ name: 'PORT', value, expected: 'a number from 0 to 65535' });
}

function checkUrl(value: string): string {
  if (URL.canParse(value)) return value;
  throw hostErrors.BAD_SETTING({
    name: 'PARLEY_PUBLIC_URL',
    value,
    expected: 'a URL such as https://chat.example.org',
  });
}

function readLevel(value: string | undefined): (typeof LEVELS)[number] {
  const level = value ? LEVELS.find((known) => known === value) : 'info';
  if (level) return level;
  throw hostErrors.BAD_SETTING({ name: 'PARLEY_LOG', value, expected: LEVELS.join(', ') });
}
