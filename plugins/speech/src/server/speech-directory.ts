import { isAppError, modelErrors } from '@parley/contracts';
import type {
  Credentials,
  LiveRef,
  Principal,
  ProviderCredentials,
  SpeakingModel,
  SpeechModels,
  SpeechProvider,
  TranscriptionModel,
} from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import type { ProviderAccess } from '@parley/plugin-models/contract';
import { speechErrors } from '@parley/plugin-speech/contract';
import type { Config } from './config.ts';

/** What a provider of speech says of itself. */
export interface SpeechTitle {
  readonly credentials?: ProviderCredentials | undefined;
}

/** A model of one provider, for one person. */
export interface SpeechTarget<M> {
  readonly provider: string;
  readonly model: M;
  /** What the person uses there in place of the provider's own key. */
  readonly credentials?: Credentials;
}

/** Which models hear and speak for whom. */
export interface SpeechDirectory {
  readonly transcription: (principal: Principal, signal: AbortSignal) => Promise<SpeechTarget<TranscriptionModel>[]>;
  readonly speaking: (principal: Principal, signal: AbortSignal) => Promise<SpeechTarget<SpeakingModel>[]>;
}

const LIST_TIMEOUT_MS = 5_000;

/** `<provider key>/<model id>`. */
export const idOf = ({ provider, model }: SpeechTarget<{ readonly id: string }>): string => `${provider}/${model.id}`;

/** The target that is asked for, else the first. @throws SPEECH_NO_MODEL */
export function pick<M extends { readonly id: string }>(
  targets: readonly SpeechTarget<M>[],
  wanted: string | undefined,
): SpeechTarget<M> {
  const found = wanted === undefined ? targets[0] : targets.find((target) => idOf(target) === wanted);
  if (found) return found;
  throw speechErrors.NO_MODEL({ known: targets.map(idOf).join(', ') || 'none' });
}

const withFirst = <M extends { readonly id: string }>(
  targets: readonly SpeechTarget<M>[],
  first: string | undefined,
): SpeechTarget<M>[] => targets.toSorted((a, b) => Number(idOf(b) === first) - Number(idOf(a) === first));

/** A directory over the providers there are, each asked with the key of who wants to know. */
export function createSpeechDirectory(deps: {
  readonly providers: LiveRef<SpeechProvider, SpeechTitle>;
  readonly access: ProviderAccess;
  readonly config: Config;
  readonly log: Pick<Logger, 'warn'>;
}): SpeechDirectory {
  const { providers, access, config, log } = deps;

  const ask = async (principal: Principal, provider: string, signal: AbortSignal) => {
    const takes = providers.descriptors().get(provider)?.credentials;
    const credentials = await access.credentialsOf(principal, provider, takes);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIST_TIMEOUT_MS)]);
    try {
      using lease = providers.lease(provider);
      return { provider, credentials, models: await lease.value.listModels(limit, credentials) };
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error, modelErrors.NEEDS_KEY.code)) {
        log.warn('A provider could not list its models of speech and is left out', { provider, error });
      }
      return undefined;
    }
  };

  const all = async <M>(
    of: (models: SpeechModels) => readonly M[],
    principal: Principal,
    signal: AbortSignal,
  ): Promise<SpeechTarget<M>[]> => {
    const asked = await Promise.all(providers.keys().map((key) => ask(principal, key, signal)));
    return asked.flatMap((answer) => {
      if (!answer) return [];
      const { provider, credentials, models } = answer;
      return of(models).map((model) => ({ provider, model, ...(credentials ? { credentials } : {}) }));
    });
  };

  return {
    transcription: async (principal, signal) =>
      withFirst(await all(({ transcription }) => transcription, principal, signal), config.transcriptionModel),
    speaking: async (principal, signal) =>
      withFirst(await all(({ speaking }) => speaking, principal, signal), config.speakingModel),
  };
}
