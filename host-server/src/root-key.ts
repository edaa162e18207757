import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { derivePluginSeed, derivePurpose } from './derive-keys.ts';
import { hostErrors } from './host-errors.ts';

const MIN_LENGTH = 32;
const KEY_BYTES = 32;
const FINGERPRINT_DIGITS = 16;

/**
 * The key all others of this installation derive from: `PARLEY_SECRET`, or `<dataDir>/secret.key`, which is made at the
 * first start and readable by its owner only.
 * @throws HOST_BAD_SECRET when either is too short or can not be read
 */
export function readRootKey(dataDir: string, secret: string | undefined): string {
  if (secret !== undefined && secret !== '') return checked(secret, 'PARLEY_SECRET');
  const path = keyPath(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw hostErrors.BAD_SECRET({ reason: `${path} can not be written: ${(error as Error).message}` }, error);
    }
  }
  return checked(readFileSync(path, 'utf8').trim(), path);
}

/** The root key as `readRootKey` has it; `undefined` where none was made yet. @throws HOST_BAD_SECRET */
export const findRootKey = (dataDir: string, secret: string | undefined): string | undefined =>
  secret || existsSync(keyPath(dataDir)) ? readRootKey(dataDir, secret) : undefined;

/** Tells two root keys apart without telling either. */
export const fingerprintOf = (rootKey: string): string =>
  Buffer.from(createKeyDerivation(rootKey)('@host', 'fingerprint')).toString('hex').slice(0, FINGERPRINT_DIGITS);

const keyPath = (dataDir: string): string => join(dataDir, 'secret.key');

function checked(secret: string, source: string): string {
  if (secret.length >= MIN_LENGTH) return secret;
  throw hostErrors.BAD_SECRET({
    reason: `${source} has ${secret.length} characters; at least ${MIN_LENGTH} random ones are needed`,
  });
}

/** Keys of single plugins and purposes, 32 bytes each, from the root key by way of one seed for each plugin. */
export const createKeyDerivation =
  (rootKey: string) =>
  (pluginId: string, purpose: string): Uint8Array =>
    derivePurpose(derivePluginSeed(rootKey, pluginId), purpose);
