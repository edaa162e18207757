import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { missingService, startRedisServer } from '@parley/testing';
import type { RedisServer } from '@parley/testing';
import { KitSkip } from '@parley/testing/kits';

const TIMEOUT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'parley-tls-'));
const certificate = join(folder, 'certificate.pem');
let server: RedisServer | undefined;
let tlsPort = 0;
let reason = '';

/** Opens a port for TLS beside the plain one. */
async function openTlsPort(plain: RedisServer): Promise<number> {
  const { port } = plain;
  for (let candidate = port + 1; candidate < port + 50; candidate += 1) {
    if ((await plain.command(`CONFIG SET tls-port ${candidate}`)).startsWith('+OK')) return candidate;
  }
  throw new Error('redis-server opens no port for TLS');
}

/** A server with a certificate that it signed itself. @throws KitSkip where there is no redis-server or openssl */
async function startTlsServer(): Promise<RedisServer> {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = join(folder, 'key.pem');
  const make = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject];
  try {
    execFileSync('openssl', make, { stdio: 'ignore' });
  } catch {
    missingService('there is no openssl on PATH');
  }
  const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
  return startRedisServer([...files, '--tls-auth-clients', 'no']);
}

beforeAll(async () => {
  try {
    server = await startTlsServer();
    tlsPort = await openTlsPort(server);
  } catch (error) {
    if (!(error instanceof KitSkip)) throw error;
    reason = error.message;
  }
}, TIMEOUT_MS);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

/** How a node with these variables finds the server behind `rediss://`. */
async function linkOver(env: Readonly<Record<string, string>>): Promise<string> {
  const file = join(import.meta.dirname, 'fixtures/open-link.ts');
  const args = ['--conditions=parley:source', '--disable-warning=ExperimentalWarning', file];
  const options = { env: { ...process.env, NODE_OPTIONS: '', ...env } };
  const { stdout } = await promisify(execFile)(process.execPath, [...args, `rediss://127.0.0.1:${tlsPort}`], options);
  return stdout.trim();
}

it(
  'speaks TLS with a server whose certificate it knows, and with no other',
  async () => {
    if (server === undefined) {
      console.info(`skipped: ${reason}`);
      return;
    }
    expect(await linkOver({ NODE_EXTRA_CA_CERTS: certificate })).toBe('ready');
    expect(await linkOver({})).toBe('it can not be reached (DEPTH_ZERO_SELF_SIGNED_CERT)');
  },
  TIMEOUT_MS,
);
