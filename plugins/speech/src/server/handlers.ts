import { isMediaType, joinBytes } from '@parley/contracts';
import type { CallContext, Handlers, LiveRef, SpeakingModel, SpeechProvider } from '@parley/contracts';
import { speechErrors } from '@parley/plugin-speech/contract';
import type { speechContract } from '@parley/plugin-speech/contract';
import type { Config } from './config.ts';
import { idOf, pick } from './speech-directory.ts';
import type { SpeechDirectory, SpeechTarget } from './speech-directory.ts';
import { splitForReading, toSpokenText } from './spoken-text.ts';

/** Forms of sound that stay whole when several are put one behind the other, the one every browser plays first. */
const JOINABLE = ['audio/mpeg', 'audio/aac'];
/** What browsers play besides. */
const PLAYABLE = ['audio/ogg', 'audio/wav', 'audio/flac'];

interface Reading {
  readonly pieces: readonly string[];
  readonly mediaType: string;
}

/** In which form, and in how many requests, a model reads a text. @throws SPEECH_NOTHING_TO_READ, SPEECH_TOO_LONG */
function planReading(markdown: string, target: SpeechTarget<SpeakingModel>): Reading {
  const { mediaTypes, maxCharacters = Number.POSITIVE_INFINITY } = target.model;
  const [mediaType = ''] = [...[...JOINABLE, ...PLAYABLE].filter((type) => mediaTypes.includes(type)), ...mediaTypes];
  const pieces = splitForReading(toSpokenText(markdown), maxCharacters);
  if (pieces.length === 0) throw speechErrors.NOTHING_TO_READ();
  if (pieces.length > 1 && !isMediaType(mediaType, JOINABLE)) {
    throw speechErrors.TOO_LONG({ model: idOf(target), maxCharacters });
  }
  return { pieces, mediaType };
}

/** The operations of this plugin. */
export function createHandlers(deps: {
  readonly providers: LiveRef<SpeechProvider>;
  readonly directory: SpeechDirectory;
  readonly config: Config;
}): Handlers<(typeof speechContract)['operations']> {
  const { providers, directory, config } = deps;

  const baseOf = <M extends { readonly id: string }>(
    { model, credentials }: SpeechTarget<M>,
    { principal, requestId }: CallContext,
  ) => ({ model: model.id, principal, requestId, ...(credentials ? { credentials } : {}) });

  async function* read(
    target: SpeechTarget<SpeakingModel>,
    { pieces, mediaType }: Reading,
    manner: { readonly voice: string; readonly speed?: number },
    call: CallContext,
  ): AsyncGenerator<Uint8Array> {
    using lease = providers.lease(target.provider);
    for (const text of pieces) {
      yield* lease.value.speak({ ...baseOf(target, call), ...manner, text, mediaType }, call.signal);
    }
  }

  return {
    async options(_input, { principal, signal }) {
      const [transcription, speaking] = await Promise.all([
        directory.transcription(principal, signal),
        directory.speaking(principal, signal),
      ]);
      return {
        transcription: transcription.map((target) => ({ ...target.model, id: idOf(target) })),
        speaking: speaking.map((target) => ({ ...target.model, id: idOf(target) })),
      };
    },
    async transcribe({ audio, model, language = config.language }, call) {
      const { principal, signal } = call;
      const target = pick(await directory.transcription(principal, signal), model);
      const recording = { bytes: await joinBytes(audio.bytes), mime: audio.mediaType };
      using lease = providers.lease(target.provider);
      const { text } = await lease.value.transcribe(
        { ...baseOf(target, call), audio: recording, ...(language ? { language } : {}) },
        signal,
      );
      return { text: text.trim() };
    },
    async speak({ text, model, voice, speed }, call) {
      const target = pick(await directory.speaking(call.principal, call.signal), model);
      const reading = planReading(text, target);
      const known = target.model.voices.map(({ id }) => id);
      // The operator's voice belongs to one model; another one has its own.
      const usual = config.voice !== undefined && known.includes(config.voice) ? config.voice : (known[0] ?? '');
      const manner = { voice: voice ?? usual, ...(speed === undefined ? {} : { speed }) };
      const [, ending = 'audio'] = reading.mediaType.split('/');
      const name = `speech.${ending === 'mpeg' ? 'mp3' : ending}`;
      return { name, mediaType: reading.mediaType, bytes: read(target, reading, manner, call) };
    },
  };
}
