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

/** The abilities somebody is sure of, either way; nothing is said of the others. */
export const StatedAbilities = z.partialRecord(ModelAbilities.keyof(), z.boolean());
export type StatedAbilities = z.output<typeof StatedAbilities>;

const rates = {
  inputUsdPerMillion: z.number().min(0).optional(),
  outputUsdPerMillion: z.number().min(0).optional(),
  /** Of input that comes from the provider's cache. */
  cachedInputUsdPerMillion: z.number().min(0).optional(),
  /** Of input that is written to the provider's cache. */
  cacheWriteUsdPerMillion: z.number().min(0).optional(),
};

/** What a model costs. Units: US dollars per million tokens. */
export const ModelPrices = z.object({
  ...rates,
  /** What all of a request costs whose input is longer. Without a rate nobody knows it. */
  longInput: z.object({ aboveTokens: z.number().int().min(1), ...rates }).optional(),
});
export type ModelPrices = z.output<typeof ModelPrices>;

/** One model as its provider lists it: what the provider does not state is left out. Units: tokens. */
export const ModelInfo = z.object({
  /** The provider's own id for it. */
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string().optional(),
  contextWindowTokens: z.number().int().min(1).optional(),
  maxOutputTokens: z.number().int().min(1).optional(),
  ...ModelPrices.shape,
  abilities: StatedAbilities.default({}),
  /** Ids of models, of any provider, one of which answers in its place. */
  standsFor: z.array(z.string()).optional(),
  /** Who may use it: people with one of these roles, and administrators. Everybody without it. */
  roles: z.array(z.string()).optional(),
});
export type ModelInfo = z.output<typeof ModelInfo>;

/** What is known of a model beyond its provider's own list, and from where. */
export const ModelFacts = ModelInfo.omit({ id: true, standsFor: true, roles: true }).partial({ name: true }).extend({
  /** The page that says so. */
  source: z.url(),
  /** The day somebody looked. */
  asOf: z.iso.date(),
});
export type ModelFacts = z.output<typeof ModelFacts>;

/** A model as a person picks it: `id` is `<provider key>/<model id>`. */
export const AvailableModel = ModelInfo.omit({ roles: true }).extend({
  abilities: ModelAbilities.prefault({}),
  provider: z.string(),
  providerTitle: z.string(),
  /** True for the built-in models that need no key and know nothing. */
  demo: z.boolean().default(false),
  /** Why it can't be picked, for people. */
  unavailable: z.string().optional(),
  /** Where its prices are from; nothing where its provider or the operator gave them. */
  source: z.url().optional(),
  /** The day the prices were looked up. */
  asOf: z.iso.date().optional(),
  /** Neither its provider nor anybody else says what it can: its abilities are a guess. */
  isUnknown: z.boolean().optional(),
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
