import { resolve } from 'node:path';
import type { HostOptions } from '@parley/kernel';
import { findConfigFile, readConfig } from './composition/read-config.ts';
import type { Environment } from './composition/shipped.ts';
import { hostErrors } from './host-errors.ts';

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
 * PARLEY_CONFIG, `parley.config.yaml` or `parley.config.ts`.
 * @throws KERNEL_INVALID, HOST_BAD_CONFIG, HOST_BAD_SETTING
 */
export async function readHostOptions({ cwd, env }: HostSurroundings): Promise<HostOptions> {
  const configFile = findConfigFile(cwd, env);
  const config = configFile === undefined ? undefined : await readConfig(configFile, env);
  const server = config?.server ?? {};
  const publicUrl = env['PARLEY_PUBLIC_URL'] || server.publicUrl;
  const webDir = env['PARLEY_WEB'];
  return {
    env,
    ...(configFile === undefined ? {} : { configFile }),
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
