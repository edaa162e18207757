import type { EmbeddingModel, ImageModel, SpeechModels } from '@parley/contracts';
import { isAtHome } from '../config.ts';
import type { Config } from '../config.ts';
import { OPENAI_MODELS } from './openai-models.ts';

/** What the server of these settings offers beside chat: what they say, else what OpenAI has at OpenAI. */
export function providedModels(config: Config): {
  readonly embedding: readonly EmbeddingModel[];
  readonly image: readonly ImageModel[];
  readonly speech: SpeechModels;
} {
  // Azure has deployments, with names of their own.
  const known = isAtHome(config) && config.azure === undefined ? OPENAI_MODELS : undefined;
  return {
    embedding: config.embeddingModels ?? known?.embedding ?? [],
    image: config.imageModels ?? known?.image ?? [],
    speech: {
      transcription: config.transcriptionModels ?? known?.transcription ?? [],
      speaking: config.speakingModels ?? known?.speaking ?? [],
    },
  };
}
