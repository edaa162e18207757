import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import { defineErrors } from '../define/errors.ts';
import type { ModelInfo } from '../domain/model.ts';
import type { Part } from '../domain/part.ts';
import type { Principal } from '../domain/principal.ts';
import type { Usage } from '../domain/usage.ts';

/** One turn of the conversation as a provider receives it. */
export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly Part[];
}

/** A tool the model may call. `inputSchema` is JSON Schema. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** One request to a model. */
export interface ModelRequest {
  /** The provider's own model id. */
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  /** Provider parameters, validated by the provider's own schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly principal: Principal;
  readonly requestId: string;
}

/** One piece of a model's answer, in the order it comes. `finish` is the last, exactly once. */
export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'tool-call'; readonly callId: string; readonly name: string; readonly input: unknown }
  | { readonly type: 'part'; readonly part: Part }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'finish'; readonly reason: 'stop' | 'length' | 'tool-calls' | 'content-filter' };

/** Where models come from. */
export interface ModelProvider {
  /** The models usable now. @throws a `modelErrors` code when the provider can't be asked. */
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /**
   * The answer, piece by piece. Aborting `signal` closes the upstream within one second and ends the iteration with
   * the abort's reason.
   * @throws a `modelErrors` code for what the provider refuses or fails at
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

/** Where models come from; one implementation per provider instance, its key is the first half of a model's id. */
export const modelProvider = defineCapability<ModelProvider>()({
  id: 'model-provider',
  version: '1.0.0',
  arity: 'keyed',
  descriptor: z.object({
    /** Name for people. */
    title: z.string().min(1),
    /** True for the built-in models that need no key and know nothing. */
    demo: z.boolean().default(false),
  }),
  // An answer may take its time; who asks for one bounds it.
  limitsMs: { listModels: 15_000 },
});

/** What can go wrong at a model provider, the same for all of them. */
export const modelErrors = defineErrors('model', {
  AUTH: [502, 'The provider {provider} refused the key; check it in the provider settings'],
  QUOTA: [402, 'The account at provider {provider} has no quota left'],
  RATE_LIMIT: [429, 'The provider {provider} asks to slow down; try again in {retryAfterSeconds} s'],
  CONTEXT_TOO_LONG: [
    413,
    'The conversation is longer than model {model} can read; start a new one or remove attachments',
  ],
  CONTENT_POLICY: [422, 'The provider {provider} declined to answer because of its content policy'],
  UNAVAILABLE: [503, 'The provider {provider} could not be reached or failed; try again'],
  BAD_REQUEST: [502, 'The provider {provider} did not accept the request: {reason}'],
  TIMEOUT: [504, 'The provider {provider} did not answer within {timeoutMs} ms'],
  NOT_FOUND: [422, 'Model {model} does not exist; known models: {known}'],
});
