import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import type { Principal } from '../domain/principal.ts';
import type { Usage } from '../domain/usage.ts';
import { modelProvider } from './model-provider.ts';
import type { Credentials, FileContent } from './model-provider.ts';

/** A model that makes pictures, and what may be asked of it. An empty list: it can't be asked for. */
export const ImageModel = z.object({
  /** The provider's own id for it. */
  id: z.string().min(1),
  name: z.string().min(1),
  /** Pixels as `1024x1024`, or a ratio as `16:9`. */
  sizes: z.array(z.string().regex(/^\d+[x:]\d+$/)).default([]),
  /** From quick to good. */
  qualities: z.array(z.string()).default([]),
  /** Media types it can give; whatever it likes without them. */
  mediaTypes: z.array(z.string()).default([]),
  /** Most pictures of one request. */
  maxCount: z.number().int().min(1).default(1),
  /** Most pictures it takes to begin with; 0 when it makes new ones only. */
  maxImages: z.number().int().min(0).default(0),
  /** Whether a picture may have no background. */
  canBeTransparent: z.boolean().default(false),
});
export type ImageModel = z.output<typeof ImageModel>;

/** What a picture is to be. What is left out, the model decides. */
export interface ImageRequest {
  /** The provider's own model id. */
  readonly model: string;
  readonly prompt: string;
  /** One of the model's `sizes`. */
  readonly size?: string;
  /** One of the model's `qualities`. */
  readonly quality?: string;
  readonly background?: 'opaque' | 'transparent';
  /** One of the model's `mediaTypes`. */
  readonly mediaType?: string;
  /** 1 without it. */
  readonly count?: number;
  /** Pictures to change or to begin with. */
  readonly images?: readonly FileContent[];
  /** Of the size of the first of `images`: it is changed where this one is transparent. */
  readonly mask?: FileContent;
  readonly principal: Principal;
  readonly requestId: string;
  /** The key to use in place of the provider's own. */
  readonly credentials?: Credentials;
}

/** One picture. */
export interface GeneratedImage extends FileContent {
  /** What the provider made of the prompt. */
  readonly revisedPrompt?: string;
}

/** The pictures of one request. */
export interface GeneratedImages {
  /** At least one. */
  readonly images: readonly GeneratedImage[];
  readonly usage?: Usage;
}

/** Where pictures are made. */
export interface ImageProvider {
  /**
   * The models usable now, with `credentials` in place of the provider's own.
   * @throws MODEL_NEEDS_KEY without a key, another `modelErrors` code when the provider can't be asked
   */
  listModels(signal: AbortSignal, credentials?: Credentials): Promise<readonly ImageModel[]>;
  /**
   * Asks the provider whether credentials are good, at no cost. Without it, `listModels` is asked.
   * @throws a `modelErrors` code when they are not, or nobody can say
   */
  check?(credentials: Credentials, signal: AbortSignal): Promise<void>;
  /**
   * Makes pictures, or changes those of the request. Aborting `signal` closes the upstream within one second and throws the
   * abort's reason. Never repeated by itself once it was accepted: each picture costs.
   * @throws MODEL_BAD_REQUEST naming what the model can't do, MODEL_CONTENT_POLICY, another `modelErrors` code for the rest
   */
  generate(request: ImageRequest, signal: AbortSignal): Promise<GeneratedImages>;
}

/** Where pictures are made; its keys are those of the model providers, and so are its credentials. */
export const imageProvider = defineCapability<ImageProvider>()({
  id: 'image-provider',
  version: '1.0.0',
  arity: 'keyed',
  descriptor: modelProvider.descriptor,
  // A picture may take minutes; the provider bounds it.
  limitsMs: { listModels: 15_000, check: 15_000 },
});
