import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { IsSecret } from './secret-settings.ts';
import { mapSecrets } from './secret-settings.ts';
import { isPlainObject } from './settings-patch.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts single settings for the disk. */
export interface Seal {
  /** Shape: secrets become `{"$sealed": "..."}`; what is sealed already stays. */
  seal(pluginId: string, settings: unknown, isSecret: IsSecret): unknown;
  /** @throws Error when a value was sealed with another key, or for another place */
  open(pluginId: string, settings: unknown): unknown;
}

const isSealed = (value: unknown): value is { readonly $sealed: string } =>
  isPlainObject(value) && typeof value['$sealed'] === 'string';

/** A sealed value counts only where it was sealed, so that none can be moved to where it would be shown. */
const placeOf = (pluginId: string, path: readonly PropertyKey[]): Buffer =>
  Buffer.from([pluginId, ...path.map((step) => (typeof step === 'number' ? '[]' : String(step)))].join('\0'));

/** Seals with AES-256-GCM. Units: the key has 32 bytes; a function is asked for it when the first secret comes. */
export function createSeal(given: Uint8Array | (() => Uint8Array)): Seal {
  const keyOf = typeof given === 'function' ? given : () => given;
  const encrypt = (value: unknown, place: Buffer): string => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, keyOf(), nonce).setAAD(place);
    const hidden = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url');
  };
  const decrypt = (sealed: string, place: Buffer): unknown => {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv(CIPHER, keyOf(), bytes.subarray(0, NONCE_BYTES)).setAAD(place);
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8'));
  };
  const openAt = (value: unknown, pluginId: string, path: readonly PropertyKey[]): unknown => {
    if (isSealed(value)) return decrypt(value.$sealed, placeOf(pluginId, path));
    if (Array.isArray(value)) return value.map((item, index) => openAt(item, pluginId, [...path, index]));
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, openAt(item, pluginId, [...path, name])]),
    );
  };
  return {
    seal: (pluginId, settings, isSecret) =>
      mapSecrets(settings, isSecret, (value, path) =>
        isSealed(value) ? value : { $sealed: encrypt(value, placeOf(pluginId, path)) },
      ),
    open: (pluginId, settings) => openAt(settings, pluginId, []),
  };
}
