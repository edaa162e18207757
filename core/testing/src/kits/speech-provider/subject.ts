import { joinBytes } from '@parley/contracts';
import type { SpeakingRequest, SpeechProvider, TranscriptionRequest } from '@parley/contracts';
import { skip } from '../kit.ts';
import { byKit, never } from '../modality/subject.ts';
import type { ModalitySubject } from '../modality/subject.ts';

/** What one side of a provider of speech shows itself with: hearing, or speaking. */
export type SpeechSide = Omit<ModalitySubject<SpeechProvider>, 'provider' | 'withoutKey' | 'upstream' | 'credentials'>;

/** A provider of speech under test; a missing side skips its cases. */
export interface SpeechSubject {
  readonly provider: SpeechProvider;
  readonly withoutKey?: SpeechProvider;
  readonly credentials?: ModalitySubject<SpeechProvider>['credentials'];
  readonly upstream?: ModalitySubject<SpeechProvider>['upstream'];
  /** The recording of a text is the text itself, as bytes: the upstream hears `heard` in any other. */
  readonly hearing?: SpeechSide & { readonly heard: string };
  /** The upstream says the text itself, as bytes. */
  readonly speaking?: SpeechSide & {
    /** A text whose reading has at least 5 MB. */
    readonly huge?: string;
  };
}

/** The side of a subject as the cases of all modalities take it. @throws KitSkip when it has none */
export function sideOf(subject: SpeechSubject, side: 'hearing' | 'speaking'): ModalitySubject<SpeechProvider> {
  const { provider, withoutKey, credentials, upstream } = subject;
  const of = subject[side];
  if (of === undefined) skip(`a provider that is not for ${side}`);
  return {
    ...of,
    provider,
    ...(withoutKey ? { withoutKey } : {}),
    ...(credentials ? { credentials } : {}),
    ...(upstream ? { upstream } : {}),
  };
}

/** The recording of a text. */
export const recordingOf = (text: string) => ({ bytes: new TextEncoder().encode(text), mime: 'audio/webm' });

/** Writes the recording of a text down. */
export const transcribe = (
  { provider, model }: Pick<ModalitySubject<SpeechProvider>, 'provider' | 'model'>,
  text: string,
  more: Partial<TranscriptionRequest> = {},
  signal: AbortSignal = never(),
) => provider.transcribe({ ...byKit, model, audio: recordingOf(text), ...more }, signal);

/** Reads a text with the first voice; all of it. */
export async function speak(
  { provider, model }: Pick<ModalitySubject<SpeechProvider>, 'provider' | 'model'>,
  text: string,
  more: Partial<SpeakingRequest> = {},
  signal: AbortSignal = never(),
): Promise<Uint8Array> {
  return joinBytes(
    provider.speak(
      { ...byKit, model, text, ...(await manner({ provider, model }, more.credentials)), ...more },
      signal,
    ),
  );
}

/** A voice and a media type of a model; made up for one that does not exist. */
export async function manner(
  { provider, model }: Pick<ModalitySubject<SpeechProvider>, 'provider' | 'model'>,
  credentials?: SpeakingRequest['credentials'],
): Promise<{ readonly voice: string; readonly mediaType: string }> {
  const { speaking } = await provider.listModels(never(), credentials);
  const found = speaking.find(({ id }) => id === model);
  return { voice: found?.voices[0]?.id ?? 'voice', mediaType: found?.mediaTypes[0] ?? 'audio/mpeg' };
}
