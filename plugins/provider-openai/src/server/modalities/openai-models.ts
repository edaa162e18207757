import { EmbeddingModel, ImageModel, SpeakingModel, TranscriptionModel } from '@parley/contracts';
import * as z from 'zod';

// What OpenAI's own server offers beside chat. Its list of models says nothing but names, so this is told here; settings
// replace it. Written after the names in the types of the official SDK (openai 7); not read from OpenAI's own pages.

const SIZES = ['1024x1024', '1536x1024', '1024x1536'];
const HEARS = ['webm', 'mp4', 'm4a', 'x-m4a', 'mpeg', 'mp3', 'mpga', 'ogg', 'wav', 'x-wav', 'flac'];
const MAX_RECORDING_BYTES = 25 * 1_024 * 1_024;
const VOICES = ['alloy', 'ash', 'coral', 'echo', 'fable', 'nova', 'onyx', 'sage', 'shimmer'];
const NEW_VOICES = ['ballad', 'verse', 'marin', 'cedar'];
const SPEAKS = ['audio/mpeg', 'audio/ogg', 'audio/aac', 'audio/flac', 'audio/wav'];

const picture = {
  sizes: SIZES,
  qualities: ['low', 'medium', 'high'],
  mediaTypes: ['image/png', 'image/webp', 'image/jpeg'],
  maxCount: 10,
  maxImages: 16,
  canBeTransparent: true,
};
const recording = { mediaTypes: HEARS.map((type) => `audio/${type}`), maxBytes: MAX_RECORDING_BYTES };
const toVoice = (id: string) => ({ id, name: `${id.slice(0, 1).toUpperCase()}${id.slice(1)}` });
const reading = { mediaTypes: SPEAKS, maxCharacters: 4_096 };

const withMoreQuality = { ...picture, qualities: [...picture.qualities, 'xhigh', 'max'] };

/** The models that OpenAI offers beside chat, the usual one of each kind first. */
export const OPENAI_MODELS = {
  embedding: z.array(EmbeddingModel).parse([
    {
      id: 'text-embedding-3-small',
      name: 'Text Embedding 3 Small',
      dimensions: 1_536,
      canShorten: true,
      maxInputTokens: 8_192,
      inputUsdPerMillion: 0.02,
    },
    {
      id: 'text-embedding-3-large',
      name: 'Text Embedding 3 Large',
      dimensions: 3_072,
      canShorten: true,
      maxInputTokens: 8_192,
      inputUsdPerMillion: 0.13,
    },
    {
      id: 'text-embedding-ada-002',
      name: 'Text Embedding Ada 002',
      dimensions: 1_536,
      maxInputTokens: 8_192,
      inputUsdPerMillion: 0.1,
    },
  ]),
  image: z.array(ImageModel).parse([
    { id: 'gpt-image-2.5-flare', name: 'GPT Image 2.5 Flare', ...withMoreQuality },
    { id: 'gpt-image-2.5-sunburst', name: 'GPT Image 2.5 Sunburst', ...withMoreQuality },
    { id: 'gpt-image-2', name: 'GPT Image 2', ...picture },
    { id: 'gpt-image-1.5', name: 'GPT Image 1.5', ...picture },
    { id: 'gpt-image-1-mini', name: 'GPT Image 1 Mini', ...picture },
  ]),
  transcription: z.array(TranscriptionModel).parse([
    { id: 'gpt-transcribe', name: 'GPT Transcribe', ...recording },
    { id: 'gpt-4o-transcribe', name: 'GPT-4o Transcribe', ...recording },
    { id: 'gpt-4o-mini-transcribe', name: 'GPT-4o mini Transcribe', ...recording },
    { id: 'whisper-1', name: 'Whisper', ...recording, times: ['segments', 'words'] },
  ]),
  speaking: z.array(SpeakingModel).parse([
    { id: 'gpt-4o-mini-tts', name: 'GPT-4o mini TTS', voices: [...VOICES, ...NEW_VOICES].map(toVoice), ...reading },
    { id: 'tts-1', name: 'TTS 1', voices: VOICES.map(toVoice), ...reading },
    { id: 'tts-1-hd', name: 'TTS 1 HD', voices: VOICES.map(toVoice), ...reading },
  ]),
};
