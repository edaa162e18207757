import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Credentials } from '@parley/contracts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a sealed value belongs; it opens nowhere else. */
export interface Place {
  readonly tenantId: string;
  /** `undefined` for what all share. */
  readonly ownerId: string | undefined;
  readonly provider: string;
}

/** Encrypts credentials for the database. */
export interface Vault {
  /** Shape: `<key id>.<base64url of nonce, tag, ciphertext>`. */
  seal(values: Credentials, place: Place): string;
  /** @throws Error when it was changed, sealed for another place, or with a key that is not there any more */
  open(sealed: string, place: Place): Credentials;
  /** Whether it was sealed with another key than the present one. */
  isOld(sealed: string): boolean;
}

/**
 * AES-256-GCM with a fresh 96-bit nonce each time. `keyOf` gives the 32 bytes of a key by its id; `keyId` names the one that
 * seals.
 */
export function createVault(keyId: string, keyOf: (keyId: string) => Uint8Array): Vault {
  const aadOf = ({ tenantId, ownerId = '', provider }: Place, id: string): Buffer =>
    Buffer.from(JSON.stringify([id, tenantId, ownerId, provider]));
  const idOf = (sealed: string): string => sealed.slice(0, sealed.indexOf('.'));
  return {
    seal(values, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, keyOf(keyId), nonce).setAAD(aadOf(place, keyId));
      const hidden = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()]);
      return `${keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')}`;
    },
    open(sealed, place) {
      const id = idOf(sealed);
      const bytes = Buffer.from(sealed.slice(id.length + 1), 'base64url');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, keyOf(id), nonce).setAAD(aadOf(place, id));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(text.toString('utf8')) as Credentials;
    },
    isOld: (sealed) => idOf(sealed) !== keyId,
  };
}
