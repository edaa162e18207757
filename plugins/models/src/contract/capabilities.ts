import { defineCapability } from '@parley/contracts';
import type { AvailableModel, Credentials, Principal, ProviderCredentials, ProviderStatus } from '@parley/contracts';
import * as z from 'zod';

/** The models one person can pick, and how each provider stands for them. */
export interface ModelList {
  readonly items: readonly AvailableModel[];
  /** The model for who has picked none. */
  readonly default?: string;
  readonly providers: readonly ProviderStatus[];
}

/** Where a request to a model goes. */
export interface ModelTarget {
  /** Key of the model provider. */
  readonly provider: string;
  /** The provider's own id of the model. */
  readonly model: string;
  /** What the person uses there in place of the provider's own key. */
  readonly credentials?: Credentials;
  /** What is known of it. */
  readonly info: AvailableModel;
  /** Whether its provider lists it now; a request for another one is likely to fail. */
  readonly isListed: boolean;
}

/** The models of all providers, as one person may use them. */
export interface ModelDirectory {
  /** Models of providers that can not be asked now are left out; `providers` says why. */
  list(principal: Principal, signal: AbortSignal): Promise<ModelList>;
  /**
   * Where to ask for a model. One of a provider that can't list its models now is let through: the request will say what is
   * wrong. @throws MODELS_UNKNOWN naming the known ones, MODELS_NOT_ALLOWED with the reason
   */
  find(principal: Principal, model: string, signal: AbortSignal): Promise<ModelTarget>;
  /** JSON Schema of the object of parameters a model takes. @throws as `find` */
  parameters(principal: Principal, model: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
  /** A provider has other models now: its list is asked for again, on every node, and open pages are told. */
  refresh(provider: string): Promise<void>;
}

/** The models of all providers. */
export const modelDirectory = defineCapability<ModelDirectory>()({
  id: 'model-directory',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});

/** With which key a person asks a provider, be it for chat, vectors, pictures or speech. */
export interface ProviderAccess {
  /**
   * The person's own key, else the one the operator shares; `undefined` lets the provider use what its settings say.
   * Shape: `provider` is the key of the implementation, `takes` is `credentials` of its descriptor.
   */
  credentialsOf(
    principal: Principal,
    provider: string,
    takes: Pick<ProviderCredentials, 'from'> | undefined,
  ): Promise<Credentials | undefined>;
}

/** With which key a person asks a provider. */
export const providerAccess = defineCapability<ProviderAccess>()({
  id: 'provider-access',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});
