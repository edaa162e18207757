import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import { defineHook } from '../define/hook.ts';
import type { Principal } from '../domain/principal.ts';
import type { Credentials } from './model-provider.ts';

/** What somebody may use at a provider. */
export interface ResolvedCredentials {
  readonly values: Credentials;
  /** Whether it is the person's own, or shared by the operator. */
  readonly from: 'user' | 'operator';
}

/** Keys of people and of the operator. The one place where they are kept; nothing but a request to their provider leaves it. */
export interface CredentialStore {
  /** The person's own before the shared ones; `undefined` with neither. `provider` is the key of a model provider. */
  resolve(principal: Principal, provider: string): Promise<ResolvedCredentials | undefined>;
}

/** Keys of people and of the operator. */
export const credentialStore = defineCapability<CredentialStore>()({
  id: 'credential-store',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});

/** Somebody's credentials for a provider were set or removed; without `ownerId`, those that all share. */
export const credentialsChanged = defineHook({
  id: 'credentials.changed',
  kind: 'notify',
  summary: 'Credentials for a provider were set or removed.',
  input: z.object({ provider: z.string(), ownerId: z.string().optional() }),
  onError: 'skip',
  timeoutMs: 5_000,
});
