import { AvailableModel, isAppError, modelErrors } from '@parley/contracts';
import type {
  Credentials,
  CredentialStore,
  LiveRef,
  ModelInfo,
  ModelProvider,
  Principal,
  ProviderStatus,
} from '@parley/contracts';
import type { Clock, Logger } from '@parley/kernel';
import { modelsErrors } from '@parley/plugin-models/contract';
import type { ModelDirectory } from '@parley/plugin-models/contract';
import { createListings } from './listings.ts';
import type { Answer } from './listings.ts';

/** What a provider says about itself before it is asked. */
export interface ProviderTitle {
  readonly title: string;
  readonly demo: boolean;
  readonly credentials?: { readonly from: NonNullable<ProviderStatus['keyFrom']> } | undefined;
}

interface Asked {
  readonly key: string;
  readonly title: ProviderTitle;
  readonly answer: Answer;
}

/** Splits `provider/model`; the provider's own id may hold slashes. */
function splitModel(id: string): { readonly provider: string; readonly model: string } {
  const slash = id.indexOf('/');
  return { provider: id.slice(0, Math.max(0, slash)), model: id.slice(slash + 1) };
}

function toStatus({ key, title: { title, demo, credentials }, answer }: Asked): ProviderStatus {
  const base = { key, title, demo, ...(credentials ? { keyFrom: credentials.from } : {}) };
  if ('models' in answer) return { ...base, state: 'ready' };
  const { failure } = answer;
  const state = isAppError(failure, modelErrors.NEEDS_KEY.code) ? 'needs-key' : 'unavailable';
  const reason = isAppError(failure) ? failure.message : modelErrors.UNAVAILABLE({ provider: title }).message;
  return { ...base, state, reason };
}

const toModels = ({ key, title: { title, demo }, answer }: Asked): AvailableModel[] =>
  ('models' in answer ? answer.models : []).map((model: ModelInfo) =>
    AvailableModel.parse({ ...model, id: `${key}/${model.id}`, provider: key, providerTitle: title, demo }),
  );

const pickDefault = (models: readonly AvailableModel[]): string | undefined =>
  (models.find((model) => !model.demo) ?? models.find((model) => model.id === 'demo/guide') ?? models[0])?.id;

/** A directory over the providers there are, each asked at most once per `maxAgeMs` for each key that is used there. */
export function createModelDirectory(deps: {
  readonly providers: LiveRef<ModelProvider, ProviderTitle>;
  readonly credentials: LiveRef<CredentialStore>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly maxAgeMs: number;
}): ModelDirectory & { readonly forget: (provider?: string) => void } {
  const { providers, credentials } = deps;
  const listings = createListings(deps);

  const titleOf = (key: string): ProviderTitle => ({ title: key, demo: false, ...providers.descriptors().get(key) });

  // Only what people or the operator keep here is looked up; a provider with a key in its settings has its own.
  const credentialsOf = async (principal: Principal, key: string): Promise<Credentials | undefined> => {
    if (titleOf(key).credentials === undefined || credentials.keys().length === 0) return undefined;
    using lease = credentials.lease();
    return (await lease.value.resolve(principal, key))?.values;
  };

  const ask = async (principal: Principal, key: string): Promise<Asked> => {
    const answer = await listings.ask(key, await credentialsOf(principal, key));
    return { key, title: titleOf(key), answer };
  };

  const list: ModelDirectory['list'] = async (principal, signal) => {
    const asked = await Promise.all(providers.keys().map((key) => ask(principal, key)));
    signal.throwIfAborted();
    const items = asked.flatMap(toModels);
    const picked = pickDefault(items);
    return { items, providers: asked.map(toStatus), ...(picked === undefined ? {} : { default: picked }) };
  };

  return {
    list,
    async find(principal, id, signal) {
      const { provider, model } = splitModel(id);
      if (providers.keys().includes(provider)) {
        const own = await credentialsOf(principal, provider);
        const answer = await listings.ask(provider, own);
        const isThere = !('models' in answer) || answer.models.some((info) => info.id === model);
        if (isThere) return { provider, model, ...(own ? { credentials: own } : {}) };
      }
      const { items } = await list(principal, signal);
      throw modelsErrors.UNKNOWN({ model: id, known: items.map((available) => available.id) });
    },
    forget: (provider) => listings.forget(provider),
  };
}
