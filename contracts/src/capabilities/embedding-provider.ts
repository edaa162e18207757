import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import type { Usage } from '../domain/usage.ts';
import { modelProvider } from './model-provider.ts';
import type { Credentials } from './model-provider.ts';
import type { Principal } from '../domain/principal.ts';

/** A model that turns texts into vectors. Units: tokens; prices in US dollars per million tokens. */
export const EmbeddingModel = z.object({
  /** The provider's own id for it. */
  id: z.string().min(1),
  name: z.string().min(1),
  /** Length of its vectors when nothing else is asked for; absent where only an answer tells. */
  dimensions: z.number().int().min(1).optional(),
  /** Whether shorter vectors can be asked for. */
  canShorten: z.boolean().default(false),
  /** Longest text. */
  maxInputTokens: z.number().int().min(1).optional(),
  inputUsdPerMillion: z.number().min(0).optional(),
});
export type EmbeddingModel = z.output<typeof EmbeddingModel>;

/** Texts to be turned into vectors. */
export interface EmbeddingRequest {
  /** The provider's own model id. */
  readonly model: string;
  /** None of them empty; as many as one likes: the provider asks in as many requests as it takes. */
  readonly texts: readonly string[];
  /** Length of the vectors, for models with `canShorten`; the model's own without it. */
  readonly dimensions?: number;
  /** What the texts are, for models that tell questions from what answers them. */
  readonly purpose?: 'query' | 'document';
  readonly principal: Principal;
  readonly requestId: string;
  /** The key to use in place of the provider's own. */
  readonly credentials?: Credentials;
}

/** Vectors, one for each text, in their order. */
export interface Embeddings {
  readonly vectors: readonly Float32Array[];
  /** Of all requests together; `outputTokens` is 0. */
  readonly usage?: Usage;
}

/** Where vectors of texts come from. */
export interface EmbeddingProvider {
  /**
   * The models usable now, with `credentials` in place of the provider's own.
   * @throws MODEL_NEEDS_KEY without a key, another `modelErrors` code when the provider can't be asked
   */
  listModels(signal: AbortSignal, credentials?: Credentials): Promise<readonly EmbeddingModel[]>;
  /**
   * Asks the provider whether credentials are good, at no cost. Without it, `listModels` is asked.
   * @throws a `modelErrors` code when they are not, or nobody can say
   */
  check?(credentials: Credentials, signal: AbortSignal): Promise<void>;
  /**
   * All vectors, or none: one text that is refused fails the whole. Without texts nobody is asked. Aborting `signal` closes
   * the upstream within one second and throws the abort's reason.
   * @throws MODEL_BAD_REQUEST for an empty text or `dimensions` the model can't give, a `modelErrors` code for the rest
   */
  embed(request: EmbeddingRequest, signal: AbortSignal): Promise<Embeddings>;
}

/** Where vectors of texts come from; its keys are those of the model providers, and so are its credentials. */
export const embeddingProvider = defineCapability<EmbeddingProvider>()({
  id: 'embedding-provider',
  version: '1.0.0',
  arity: 'keyed',
  descriptor: modelProvider.descriptor,
  // Many texts take many requests; who asks bounds them.
  limitsMs: { listModels: 15_000, check: 15_000 },
});
