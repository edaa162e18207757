import * as z from 'zod';

/** What a model can take and give. */
export const ModelAbilities = z.object({
  /** Reads pictures. */
  vision: z.boolean().default(false),
  /** Reads documents, PDF at least. */
  files: z.boolean().default(false),
  /** Hears sound. */
  audio: z.boolean().default(false),
  /** Watches films. */
  video: z.boolean().default(false),
  tools: z.boolean().default(false),
  reasoning: z.boolean().default(false),
  structuredOutput: z.boolean().default(false),
  /** Looks things up on the web by itself, at its provider. */
  webSearch: z.boolean().default(false),
  /** Makes pictures in its answers. */
  imageOutput: z.boolean().default(false),
});
export type ModelAbilities = z.output<typeof ModelAbilities>;

/** One model of a provider. Units: tokens; prices in US dollars per million tokens. */
export const ModelInfo = z.object({
  /** The provider's own id for it. */
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string().optional(),
  contextWindowTokens: z.number().int().min(1).optional(),
  maxOutputTokens: z.number().int().min(1).optional(),
  inputUsdPerMillion: z.number().min(0).optional(),
  outputUsdPerMillion: z.number().min(0).optional(),
  /** Of input that comes from the provider's cache. */
  cachedInputUsdPerMillion: z.number().min(0).optional(),
  /** Of input that is written to the provider's cache. */
  cacheWriteUsdPerMillion: z.number().min(0).optional(),
  abilities: ModelAbilities.prefault({}),
});
export type ModelInfo = z.output<typeof ModelInfo>;

/** A model as a person picks it: `id` is `<provider key>/<model id>`. */
export const AvailableModel = ModelInfo.extend({
  provider: z.string(),
  providerTitle: z.string(),
  /** True for the built-in models that need no key and know nothing. */
  demo: z.boolean().default(false),
});
export type AvailableModel = z.output<typeof AvailableModel>;

/** How a provider stands for one person, and why its models can not be picked where they can't. */
export const ProviderStatus = z.object({
  /** First half of the ids of its models. */
  key: z.string(),
  title: z.string(),
  demo: z.boolean().default(false),
  state: z.enum(['ready', 'needs-key', 'unavailable']),
  /** What is wrong, for people. */
  reason: z.string().optional(),
  /** Who may give the key it needs. */
  keyFrom: z.enum(['operator', 'user', 'both']).optional(),
});
export type ProviderStatus = z.output<typeof ProviderStatus>;
