import {
  defineContract,
  Download,
  modelErrors,
  op,
  SpeakingModel,
  TranscriptionModel,
  Upload,
} from '@parley/contracts';
import * as z from 'zod';
import { speechErrors } from './errors.ts';

/** Largest recording, bytes. */
export const MAX_RECORDING_BYTES = 25 * 1_024 * 1_024;
/** Longest text to be read, characters. */
export const MAX_TEXT_CHARACTERS = 100_000;

const failures = [
  speechErrors.NO_MODEL,
  modelErrors.AUTH,
  modelErrors.QUOTA,
  modelErrors.RATE_LIMIT,
  modelErrors.NEEDS_KEY,
  modelErrors.BAD_REQUEST,
  modelErrors.CONTENT_POLICY,
  modelErrors.UNAVAILABLE,
  modelErrors.TIMEOUT,
];
/** `<provider key>/<model id>`. */
const ModelId = z.string().min(3).max(200);

/** What a person can do with speech. Shape: ids of models are `<provider key>/<model id>`; the first of a list is used unless another is named. */
export const SpeechOptions = z.object({
  transcription: z.array(TranscriptionModel),
  speaking: z.array(SpeakingModel),
});
export type SpeechOptions = z.output<typeof SpeechOptions>;

/** Dictating and reading aloud. */
export const speechContract = defineContract('speech', '1.0.0', {
  options: op({
    method: 'GET',
    path: '/api/speech',
    access: 'user',
    summary: 'The models that hear and speak for this person, the usual ones first.',
    input: z.object({}),
    output: SpeechOptions,
  }),
  transcribe: op({
    method: 'POST',
    path: '/api/speech/transcriptions',
    access: 'user',
    summary: 'Writes a recording down.',
    input: z.object({
      audio: Upload,
      model: ModelId.optional(),
      /** ISO 639-1. */
      language: z
        .string()
        .regex(/^[a-z]{2}$/)
        .optional(),
    }),
    output: z.object({ text: z.string() }),
    upload: { field: 'audio', mediaTypes: ['audio/*', 'video/webm', 'video/mp4'] },
    maxBytes: MAX_RECORDING_BYTES,
    errors: failures,
  }),
  speak: op({
    method: 'POST',
    path: '/api/speech/audio',
    access: 'user',
    summary: 'Reads a text in Markdown aloud, as a sound file that comes while it is made.',
    input: z.object({
      text: z.string().min(1).max(MAX_TEXT_CHARACTERS),
      model: ModelId.optional(),
      voice: z.string().max(200).optional(),
      speed: z.number().min(0.5).max(2).optional(),
    }),
    output: Download,
    errors: [...failures, speechErrors.NOTHING_TO_READ, speechErrors.TOO_LONG],
  }),
});
