import { defineContract, op, ProviderCredentials } from '@parley/contracts';
import * as z from 'zod';
import { keysErrors } from './errors.ts';

/** May set and remove the keys that all share. */
export const KEYS_MANAGE = 'keys.manage';

/** One key that is kept. The key itself is never told. */
export const KeyStatus = z.object({
  /** The last four characters of its first secret field, to tell keys apart. */
  hint: z.string(),
  /** Whether the provider took it when it was asked last; it could not be asked for `unchecked`. */
  state: z.enum(['ok', 'refused', 'unchecked']),
  checkedAt: z.iso.datetime().optional(),
  /** What the provider said, for people. */
  reason: z.string().optional(),
});
export type KeyStatus = z.output<typeof KeyStatus>;

/** A provider that takes keys, and the keys there are for it. */
export const ProviderKeys = z.object({
  provider: z.string(),
  title: z.string(),
  ...ProviderCredentials.omit({ isSet: true }).shape,
  /** The person's own. */
  own: KeyStatus.optional(),
  /** Whether the operator has given one that all may use. */
  isShared: z.boolean(),
});
export type ProviderKeys = z.output<typeof ProviderKeys>;

/** A provider that takes a key of the operator, and how it stands. */
export const SharedProviderKey = ProviderKeys.omit({ own: true, isShared: true }).extend({
  shared: KeyStatus.optional(),
  /** Whether its settings hold a key too. */
  isSet: z.boolean(),
});
export type SharedProviderKey = z.output<typeof SharedProviderKey>;

const provider = z.string().min(1).max(80);
const values = z.record(z.string().min(1).max(80), z.string().max(20_000));

/** Keys for model providers. What goes in never comes out. */
export const keysContract = defineContract('keys', '1.0.0', {
  list: op({
    method: 'GET',
    path: '/api/keys',
    access: 'user',
    summary: 'The providers that take a key of a person, and how the own keys stand.',
    input: z.object({}),
    output: z.object({ items: z.array(ProviderKeys) }),
  }),
  set: op({
    method: 'PUT',
    path: '/api/keys/:provider',
    access: 'user',
    summary: 'Sets the own key for a provider, after asking the provider whether it is good.',
    input: z.object({ provider, values }),
    output: KeyStatus,
    errors: [keysErrors.UNKNOWN_PROVIDER, keysErrors.INVALID, keysErrors.REFUSED],
  }),
  check: op({
    method: 'POST',
    path: '/api/keys/:provider/check',
    access: 'user',
    summary: 'Asks the provider again whether the own key is good.',
    input: z.object({ provider }),
    output: KeyStatus,
    errors: [keysErrors.UNKNOWN_PROVIDER, keysErrors.NOT_SET],
  }),
  remove: op({
    method: 'DELETE',
    path: '/api/keys/:provider',
    access: 'user',
    summary: 'Removes the own key for a provider.',
    input: z.object({ provider }),
    output: z.void(),
    status: 204,
    errors: [keysErrors.NOT_SET],
  }),
  listShared: op({
    method: 'GET',
    path: '/api/keys-shared',
    access: { permission: KEYS_MANAGE },
    summary: 'The providers that take a key of the operator, and how the keys that all share stand.',
    input: z.object({}),
    output: z.object({ items: z.array(SharedProviderKey) }),
  }),
  setShared: op({
    method: 'PUT',
    path: '/api/keys-shared/:provider',
    access: { permission: KEYS_MANAGE },
    summary: 'Sets the key for a provider that all share.',
    input: z.object({ provider, values }),
    output: KeyStatus,
    errors: [keysErrors.UNKNOWN_PROVIDER, keysErrors.INVALID, keysErrors.REFUSED],
  }),
  checkShared: op({
    method: 'POST',
    path: '/api/keys-shared/:provider/check',
    access: { permission: KEYS_MANAGE },
    summary: 'Asks the provider again whether the shared key is good.',
    input: z.object({ provider }),
    output: KeyStatus,
    errors: [keysErrors.UNKNOWN_PROVIDER, keysErrors.NOT_SET],
  }),
  removeShared: op({
    method: 'DELETE',
    path: '/api/keys-shared/:provider',
    access: { permission: KEYS_MANAGE },
    summary: 'Removes the key for a provider that all share.',
    input: z.object({ provider }),
    output: z.void(),
    status: 204,
    errors: [keysErrors.NOT_SET],
  }),
});
