import { defineEntity } from '@parley/contracts';
import type { RecordBase, RecordOf, Store } from '@parley/contracts';
import * as z from 'zod';

/** A person. The address is kept in one spelling, so that the unique index means what it says. */
export const userEntity = defineEntity({
  name: 'user',
  version: 1,
  scope: 'global',
  schema: z.object({ email: z.string(), name: z.string(), roles: z.array(z.string()) }),
  indexes: [{ fields: ['email'], unique: true }],
});
export type UserRecord = RecordOf<typeof userEntity>;

/** One signed-in device; a session is alive as long as its record exists and has not expired. */
export const sessionEntity = defineEntity({
  name: 'session',
  version: 1,
  scope: 'user',
  secret: ['tokenHash', 'previousTokenHash'],
  schema: z.object({
    device: z.string(),
    ip: z.string(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** SHA-256 of the refresh token in force and of the one before it. */
    tokenHash: z.string(),
    previousTokenHash: z.string().optional(),
    rotatedAt: z.iso.datetime(),
  }),
  indexes: [{ fields: ['lastSeenAt'] }],
  ttl: 'expiresAt',
});
export type SessionRecord = RecordOf<typeof sessionEntity>;
export type SessionFields = Omit<SessionRecord, keyof RecordBase>;
export type SessionStore = Store<SessionFields>;

/** Says that the installation has its first administrator; there is one such record or none. */
export const setupEntity = defineEntity({
  name: 'setup',
  version: 1,
  scope: 'global',
  schema: z.object({ administratorId: z.string() }),
});
