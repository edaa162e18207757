import { AvailableModel } from '@parley/contracts';
import type { LiveRef, ModelInfo, ModelProvider } from '@parley/contracts';
import type { Clock, Logger } from '@parley/kernel';
import { chatErrors } from '@parley/plugin-chat/contract';

/** What a provider says about itself before it is asked. */
export interface ProviderTitle {
  readonly title: string;
  readonly demo: boolean;
}

/** The models that can be picked now. */
export interface ModelDirectory {
  /** Providers that can not be asked now are left out. */
  list(signal: AbortSignal): Promise<readonly AvailableModel[]>;
  /** The model for people who picked none. */
  pickDefault(models: readonly AvailableModel[]): string | undefined;
  /**
   * Checks that a model can be asked; one of a provider that can't list its models now is let through.
   * @throws CHAT_UNKNOWN_MODEL naming the known ones.
   */
  check(model: string, signal: AbortSignal): Promise<void>;
}

interface Listing {
  readonly atMs: number;
  readonly models: Promise<readonly ModelInfo[] | undefined>;
}

const LIST_TIMEOUT_MS = 5_000;

/** Splits `provider/model`; the provider's own id may hold slashes. */
export function splitModel(id: string): { readonly provider: string; readonly model: string } {
  const slash = id.indexOf('/');
  return { provider: id.slice(0, Math.max(0, slash)), model: id.slice(slash + 1) };
}

/** A directory over the providers there are, each asked at most once per `maxAgeMs`. */
export function createModelDirectory(deps: {
  readonly providers: LiveRef<ModelProvider, ProviderTitle>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly maxAgeMs: number;
}): ModelDirectory & { readonly forget: () => void } {
  const { providers, clock, log, maxAgeMs } = deps;
  const listings = new Map<string, Listing>();

  const ask = async (key: string): Promise<readonly ModelInfo[] | undefined> => {
    try {
      using lease = providers.lease(key);
      return await lease.value.listModels(AbortSignal.timeout(LIST_TIMEOUT_MS));
    } catch (error) {
      log.warn('A provider could not list its models and is left out', { provider: key, error });
      return undefined;
    }
  };

  const modelsOf = (key: string): Promise<readonly ModelInfo[] | undefined> => {
    const known = listings.get(key);
    if (known && clock.now() - known.atMs < maxAgeMs) return known.models;
    const models = ask(key);
    listings.set(key, { atMs: clock.now(), models });
    return models;
  };

  const list: ModelDirectory['list'] = async (signal) => {
    const keys = providers.keys();
    const found = await Promise.all(keys.map((key) => modelsOf(key)));
    signal.throwIfAborted();
    const titles = providers.descriptors();
    return keys.flatMap((key, index) => {
      const { title = key, demo = false } = titles.get(key) ?? {};
      return (found[index] ?? []).map((model) =>
        AvailableModel.parse({ ...model, id: `${key}/${model.id}`, provider: key, providerTitle: title, demo }),
      );
    });
  };

  return {
    list,
    pickDefault: (models) =>
      (models.find((model) => !model.demo) ?? models.find((model) => model.id === 'demo/guide') ?? models[0])?.id,
    async check(id, signal) {
      const { provider, model } = splitModel(id);
      const isProvider = providers.keys().includes(provider);
      const listed = isProvider ? await modelsOf(provider) : [];
      if (listed === undefined || listed.some((info) => info.id === model)) return;
      const known = (await list(signal)).map((available) => available.id);
      throw chatErrors.UNKNOWN_MODEL({ model: id, known });
    },
    forget: () => listings.clear(),
  };
}
