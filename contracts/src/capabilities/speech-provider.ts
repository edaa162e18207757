import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import type { Principal } from '../domain/principal.ts';
import type { Usage } from '../domain/usage.ts';
import { modelProvider } from './model-provider.ts';
import type { Credentials, FileContent } from './model-provider.ts';

/** A voice that reads texts. */
export const Voice = z.object({
  /** The provider's own id for it. */
  id: z.string().min(1),
  name: z.string().min(1),
});
export type Voice = z.output<typeof Voice>;

/** A model that hears. */
export const TranscriptionModel = z.object({
  /** The provider's own id for it. */
  id: z.string().min(1),
  name: z.string().min(1),
  /** Media types it takes, such as `audio/webm`. */
  mediaTypes: z.array(z.string()).min(1),
  /** Largest recording. */
  maxBytes: z.number().int().min(1).optional(),
  /** Times it can tell. */
  times: z.array(z.enum(['segments', 'words'])).default([]),
});
export type TranscriptionModel = z.output<typeof TranscriptionModel>;

/** A model that speaks. */
export const SpeakingModel = z.object({
  /** The provider's own id for it. */
  id: z.string().min(1),
  name: z.string().min(1),
  voices: z.array(Voice).min(1),
  /** Media types it can give, such as `audio/mpeg`. */
  mediaTypes: z.array(z.string()).min(1),
  /** Longest text. */
  maxCharacters: z.number().int().min(1).optional(),
});
export type SpeakingModel = z.output<typeof SpeakingModel>;

/** The models of a provider of speech; either list may be empty. */
export interface SpeechModels {
  readonly transcription: readonly TranscriptionModel[];
  readonly speaking: readonly SpeakingModel[];
}

interface SpeechCall {
  /** The provider's own model id. */
  readonly model: string;
  readonly principal: Principal;
  readonly requestId: string;
  /** The key to use in place of the provider's own. */
  readonly credentials?: Credentials;
}

/** A recording to be written down. */
export interface TranscriptionRequest extends SpeechCall {
  readonly audio: FileContent;
  /** What is spoken, as ISO 639-1 (`de`); the model finds out without it. */
  readonly language?: string;
  /** Names, words and style that help the model. */
  readonly prompt?: string;
  /** Times wanted beside the text, of those the model can tell. */
  readonly times?: 'segments' | 'words';
}

/** A piece of a recording. Units: seconds from its beginning. */
export interface SpokenPiece {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What was said. */
export interface Transcript {
  readonly text: string;
  readonly language?: string;
  readonly durationSeconds?: number;
  /** Sentences or so, in order; where times were asked for. */
  readonly segments?: readonly SpokenPiece[];
  /** Words, in order; where their times were asked for. */
  readonly words?: readonly SpokenPiece[];
  readonly usage?: Usage;
}

/** A text to be read. */
export interface SpeakingRequest extends SpeechCall {
  readonly text: string;
  /** Id of one of the model's voices. */
  readonly voice: string;
  /** One of the model's `mediaTypes`; the answer is of it. */
  readonly mediaType: string;
  /** 1 is as usual, 2 twice as fast; 1 without it. */
  readonly speed?: number;
}

/** Who hears and speaks. */
export interface SpeechProvider {
  /**
   * The models usable now, with `credentials` in place of the provider's own.
   * @throws MODEL_NEEDS_KEY without a key, another `modelErrors` code when the provider can't be asked
   */
  listModels(signal: AbortSignal, credentials?: Credentials): Promise<SpeechModels>;
  /**
   * Asks the provider whether credentials are good, at no cost. Without it, `listModels` is asked.
   * @throws a `modelErrors` code when they are not, or nobody can say
   */
  check?(credentials: Credentials, signal: AbortSignal): Promise<void>;
  /**
   * Writes a recording down. Aborting `signal` closes the upstream within one second and throws the abort's reason.
   * @throws MODEL_BAD_REQUEST for a recording of a kind the model does not take, a `modelErrors` code for the rest
   */
  transcribe(request: TranscriptionRequest, signal: AbortSignal): Promise<Transcript>;
  /**
   * Reads a text: the bytes of one sound file, in order, as they are made. Aborting `signal`, or leaving the loop, closes
   * the upstream within one second; an abort throws its reason.
   * @throws MODEL_BAD_REQUEST naming what the model can't do, a `modelErrors` code for the rest
   */
  speak(request: SpeakingRequest, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Who hears and speaks; its keys are those of the model providers, and so are its credentials. */
export const speechProvider = defineCapability<SpeechProvider>()({
  id: 'speech-provider',
  version: '1.0.0',
  arity: 'keyed',
  descriptor: modelProvider.descriptor,
  // A long recording takes its time; the provider bounds it.
  limitsMs: { listModels: 15_000, check: 15_000 },
});
