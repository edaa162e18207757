import { defineEntity } from '@parley/contracts';
import type { RecordBase, RecordOf, Store } from '@parley/contracts';
import * as z from 'zod';

/** The hash of one user's password; its id is the user's. */
export const passwordEntity = defineEntity({
  name: 'password',
  version: 1,
  scope: 'user',
  secret: ['hash'],
  schema: z.object({ hash: z.string() }),
});
export type PasswordStore = Store<Omit<RecordOf<typeof passwordEntity>, keyof RecordBase>>;
