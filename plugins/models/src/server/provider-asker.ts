import { isAppError, modelErrors } from '@parley/contracts';
import type { Credentials, LiveRef, ModelProvider, Principal, ProviderStatus } from '@parley/contracts';
import type { Clock, Logger } from '@parley/kernel';
import type { ProviderAccess } from '@parley/plugin-models/contract';
import { createListings } from './listings.ts';
import type { Answer } from './listings.ts';

/** What a provider says about itself before it is asked. */
export interface ProviderTitle {
  readonly title: string;
  readonly demo: boolean;
  readonly family?: string | undefined;
  readonly credentials?: { readonly from: NonNullable<ProviderStatus['keyFrom']> } | undefined;
}

/** What a provider answered to one person. */
export interface Asked {
  readonly key: string;
  readonly title: ProviderTitle;
  /** What the person uses there in place of the provider's own key. */
  readonly credentials: Credentials | undefined;
  readonly answer: Answer;
}

/** How a provider stands, from its answer. */
export function toStatus({ key, title: { title, demo, credentials }, answer }: Asked): ProviderStatus {
  const base = { key, title, demo, ...(credentials ? { keyFrom: credentials.from } : {}) };
  if ('models' in answer) return { ...base, state: 'ready' };
  const { failure } = answer;
  const state = isAppError(failure, modelErrors.NEEDS_KEY.code) ? 'needs-key' : 'unavailable';
  const reason = isAppError(failure) ? failure.message : modelErrors.UNAVAILABLE({ provider: title }).message;
  return { ...base, state, reason };
}

/** Asks providers for their models with the key of who wants to know, at most once per `maxAgeMs` for each key. */
export function createProviderAsker(deps: {
  readonly providers: LiveRef<ModelProvider, ProviderTitle>;
  readonly access: ProviderAccess;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly maxAgeMs: number;
}) {
  const { providers, access } = deps;
  const listings = createListings(deps);
  const titleOf = (key: string): ProviderTitle => ({ title: key, demo: false, ...providers.descriptors().get(key) });

  const ask = async (principal: Principal, key: string): Promise<Asked> => {
    const title = titleOf(key);
    const own = await access.credentialsOf(principal, key, title.credentials);
    return { key, title, credentials: own, answer: await listings.ask(key, own) };
  };

  return {
    /** `undefined` when there is no such provider. */
    one: async (principal: Principal, key: string): Promise<Asked | undefined> =>
      providers.keys().includes(key) ? ask(principal, key) : undefined,
    all: (principal: Principal): Promise<readonly Asked[]> =>
      Promise.all(providers.keys().map((key) => ask(principal, key))),
    /** Asks again at the next use: one provider, or all. */
    forget: (key?: string) => listings.forget(key),
  };
}
