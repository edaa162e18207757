import { defineEntity } from '@parley/contracts';
import type { RecordOf } from '@parley/contracts';
import { KeyStatus } from '@parley/plugin-keys/contract';
import * as z from 'zod';

const schema = KeyStatus.extend({
  provider: z.string(),
  /** The fields, encrypted. Shape: see `createVault`. */
  sealed: z.string(),
});

/** The key of one person for one provider. */
export const ownKeyEntity = defineEntity({
  name: 'key',
  version: 1,
  scope: 'user',
  schema,
  secret: ['sealed'],
  indexes: [{ fields: ['provider'], unique: true }],
});

/** The key for one provider that all people of a tenant share. */
export const sharedKeyEntity = defineEntity({
  name: 'shared-key',
  version: 1,
  scope: 'tenant',
  schema,
  secret: ['sealed'],
  indexes: [{ fields: ['provider'], unique: true }],
});

/** A key as stored, of either kind. */
export type KeyRecord = RecordOf<typeof ownKeyEntity>;
