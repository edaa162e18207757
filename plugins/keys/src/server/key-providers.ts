import type { Credentials, LiveRef, ProviderCredentials } from '@parley/contracts';

/** What a provider says about itself. */
export interface ProviderFacts {
  readonly title: string;
  readonly credentials?: ProviderCredentials | undefined;
}

/** What is asked of a provider of any kind. */
export interface KeyJudge {
  listModels(signal: AbortSignal, credentials?: Credentials): Promise<unknown>;
  check?(credentials: Credentials, signal: AbortSignal): Promise<void>;
}

/** Providers of every kind: one key is for all that a provider offers under its name. */
export type KeyProviders = Pick<LiveRef<KeyJudge, ProviderFacts>, 'lease' | 'descriptors'>;

/** The providers of several capabilities as one; where two have one name, the first is asked about its key. */
export const uniteProviders = (kinds: readonly [KeyProviders, ...KeyProviders[]]): KeyProviders => ({
  descriptors: () => new Map(kinds.toReversed().flatMap((kind) => [...kind.descriptors()])),
  lease(key = '') {
    const [first] = kinds;
    return (kinds.find((kind) => kind.descriptors().has(key)) ?? first).lease(key);
  },
});
