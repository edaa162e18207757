import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret nobody can guess: 256 random bits. */
export const randomSecret = (): string => randomBytes(32).toString('base64url');

/** What may be kept of a secret. Shape: hex of its SHA-256. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether two hashes are equal, in a time that tells nothing. */
export const isSameHash = (one: string, other: string | undefined): boolean =>
  other !== undefined && one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
