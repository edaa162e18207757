import type { SpeechModels, SpeechProvider, SpokenPiece, Transcript, TranscriptionRequest } from '@parley/contracts';
import { checkSpeaking, checkTranscription, withIdleLimit } from '@parley/provider';
import type OpenAI from 'openai';
import type { Transcription, TranscriptionVerbose } from 'openai/resources/audio/transcriptions';
import { toModelError } from '../openai-errors.ts';
import { createAsker } from './context.ts';
import type { ModalityDeps } from './context.ts';

/** The API's words for what it sends. */
const FORMATS: Readonly<Record<string, 'mp3' | 'opus' | 'aac' | 'flac' | 'wav'>> = {
  'audio/mpeg': 'mp3',
  'audio/ogg': 'opus',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
};

/** The server tells the kind of a recording by the end of its name. */
const endingOf = (mime: string): string => {
  const [, type = ''] = /^\w+\/(?:x-)?([\w-]+)/.exec(mime) ?? [];
  return type === 'mpeg' ? 'mp3' : type;
};

const toPiece = ({ start, end }: { readonly start: number; readonly end: number }, text: string): SpokenPiece => ({
  text,
  startSeconds: start,
  endSeconds: Math.max(start, end),
});

const fromPlain = ({ text, usage }: Transcription): Transcript => ({
  text,
  ...(usage?.type === 'tokens'
    ? { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } }
    : {}),
});

const fromVerbose = ({ text, language, duration, segments, words }: TranscriptionVerbose): Transcript => ({
  text,
  language,
  durationSeconds: duration,
  ...(segments ? { segments: segments.map((piece) => toPiece(piece, piece.text)) } : {}),
  ...(words ? { words: words.map((piece) => toPiece(piece, piece.word)) } : {}),
});

async function hear(client: OpenAI, request: TranscriptionRequest, signal: AbortSignal): Promise<Transcript> {
  const { model, audio, language, prompt, times } = request;
  const file = new File([Uint8Array.from(audio.bytes)], `recording.${endingOf(audio.mime)}`, { type: audio.mime });
  const body = { file, model, ...(language ? { language } : {}), ...(prompt ? { prompt } : {}) };
  if (times === undefined) {
    return fromPlain(await client.audio.transcriptions.create({ ...body, response_format: 'json' }, { signal }));
  }
  const granularity = times === 'words' ? ('word' as const) : ('segment' as const);
  const detailed = { ...body, response_format: 'verbose_json' as const, timestamp_granularities: [granularity] };
  return fromVerbose(await client.audio.transcriptions.create(detailed, { signal }));
}

/** Hearing and speaking of one server, through the official SDK. */
export function createSpeech(deps: ModalityDeps & { readonly models: SpeechModels }): SpeechProvider {
  const { models, config } = deps;
  const { title: provider, idleTimeoutMs } = config;
  const asker = createAsker(deps);
  return {
    listModels: (_signal, credentials) => asker.list(models, credentials),
    async transcribe(request, signal) {
      signal.throwIfAborted();
      checkTranscription(request, { provider, models: models.transcription });
      const { model, credentials } = request;
      return asker.ask({ model, credentials, signal }, (client, closing) => hear(client, request, closing));
    },
    async *speak(request, signal) {
      signal.throwIfAborted();
      checkSpeaking(request, { provider, models: models.speaking });
      const { model, text, voice, mediaType, speed, credentials } = request;
      const body = {
        model,
        input: text,
        voice,
        response_format: FORMATS[mediaType] ?? 'mp3',
        ...(speed === undefined ? {} : { speed }),
      };
      const upstream = await asker.open({ model, credentials, signal }, (client, closing) =>
        client.audio.speech.create(body, { signal: closing }),
      );
      try {
        const { body: sound } = upstream.value;
        if (!sound) throw asker.odd('the answer holds no sound');
        yield* withIdleLimit(sound, { provider, idleTimeoutMs });
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider, model });
      } finally {
        upstream.close();
      }
    },
  };
}
