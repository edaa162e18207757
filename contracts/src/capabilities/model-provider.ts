import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import { defineErrors } from '../define/errors.ts';
import type { FileRef } from '../domain/file-ref.ts';
import type { ModelInfo } from '../domain/model.ts';
import type { Opaque, Part } from '../domain/part.ts';
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

/** The fields a provider asks for in `credentials` of its descriptor, by name, in clear. */
export type Credentials = Readonly<Record<string, string>>;

/** The content of a file. */
export interface FileContent {
  readonly bytes: Uint8Array;
  /** Media type found in the content. */
  readonly mime: string;
}

/** A file that a model made, to be kept. */
export interface NewFile extends FileContent {
  readonly name: string;
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
  /** The key to use in place of the provider's own. */
  readonly credentials?: Credentials;
  /** Only for models with `structuredOutput`: the answer is JSON that fits the schema. */
  readonly responseFormat?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  /** What the provider does by itself, such as `web-search`; it leaves out what the model can't and says so in a notice. */
  readonly builtInTools?: readonly string[];
  /** Reads a file of the conversation as `principal`; without it, files are only named to the model. */
  readFile?(file: FileRef, signal: AbortSignal): Promise<FileContent>;
  /**
   * Keeps a file that the model made, as `principal`'s; the provider then yields it as a part. Without it, the provider
   * says in a notice what is lost.
   */
  saveFile?(file: NewFile, signal: AbortSignal): Promise<FileRef>;
}

/**
 * One piece of a model's answer, in the order it comes. `finish` is the last, exactly once. `opaque` ends the part it comes
 * with and is kept with it; the piece may then be empty. `notice` tells the person what was converted or left out.
 */
export type ModelEvent =
  | { readonly type: 'text'; readonly text: string; readonly opaque?: Opaque }
  | { readonly type: 'reasoning'; readonly text: string; readonly opaque?: Opaque }
  | {
      readonly type: 'tool-call';
      readonly callId: string;
      readonly name: string;
      readonly input: unknown;
      readonly opaque?: Opaque;
    }
  | { readonly type: 'part'; readonly part: Part }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning'; readonly text: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | {
      readonly type: 'finish';
      readonly reason: 'stop' | 'length' | 'tool-calls' | 'content-filter';
      /** The provider's own name for the request, for its support. */
      readonly providerRequestId?: string;
    };

/** Where models come from. */
export interface ModelProvider {
  /**
   * The models usable now, with `credentials` in place of the provider's own.
   * @throws MODEL_NEEDS_KEY without a key, another `modelErrors` code when the provider can't be asked
   */
  listModels(signal: AbortSignal, credentials?: Credentials): Promise<readonly ModelInfo[]>;
  /**
   * The parameters a model takes, as JSON Schema of an object with titles, descriptions, defaults and ranges; the page
   * makes a form of it. None without this method.
   */
  parameters?(model: string): Promise<Readonly<Record<string, unknown>>>;
  /**
   * Asks the provider whether credentials are good, at no cost. Without it, `listModels` is asked.
   * @throws a `modelErrors` code when they are not, or nobody can say
   */
  check?(credentials: Credentials, signal: AbortSignal): Promise<void>;
  /**
   * The answer, piece by piece. Aborting `signal` closes the upstream within one second and ends the iteration with
   * the abort's reason.
   * @throws a `modelErrors` code for what the provider refuses or fails at
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

/** What a provider needs to be used, and who may give it. */
export const ProviderCredentials = z.object({
  from: z.enum(['operator', 'user', 'both']),
  /** JSON Schema of an object of texts; secret ones have `format: "secret"`. */
  schema: z.record(z.string(), z.json()),
  /** Page on which a key is made. */
  site: z.url().optional(),
  /** Whether the operator has given what it takes. */
  isSet: z.boolean().default(false),
});
export type ProviderCredentials = z.output<typeof ProviderCredentials>;

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
    /** Whose model ids it uses, such as `openai`: where `model-facts` looks them up. Nothing for ids of its own. */
    family: z.string().min(1).optional(),
    /** What a person or the operator fills in to use it; nothing without it. */
    credentials: ProviderCredentials.optional(),
  }),
  // An answer may take its time; who asks for one bounds it.
  limitsMs: { listModels: 15_000, parameters: 2_000, check: 15_000 },
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
  NEEDS_KEY: [428, 'The provider {provider} needs a key; add one in the settings'],
});
