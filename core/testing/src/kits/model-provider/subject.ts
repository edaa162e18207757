import { createPrincipal } from '@parley/contracts';
import type {
  Credentials,
  FileContent,
  ModelEvent,
  ModelProvider,
  ModelRequest,
  ModelTool,
  Usage,
} from '@parley/contracts';
import { skip } from '../kit.ts';
import type { Upstream } from '../through-faults.ts';

/** A question to one model of the provider, and what it answers. */
export interface KitTurn {
  /** The provider's own model id. */
  readonly model: string;
  readonly prompt: string;
  /** The whole answer, when it is known. */
  readonly text?: string;
}

/** A provider under test and the turns that show its sides. A missing turn skips the cases that need it. */
export interface ModelProviderSubject {
  readonly provider: ModelProvider;
  readonly turns: {
    /** A short answer; `text` must be known. */
    readonly plain: KitTurn & { readonly text: string };
    /** An answer that takes at least 3 s when it is left alone. */
    readonly slow: KitTurn;
    /** An answer with thoughts before it. */
    readonly reasoning?: KitTurn;
    /** Text outside the basic plane, cut by the upstream inside its characters; `text` must be known. */
    readonly unicode?: KitTurn & { readonly text: string };
    /** At least 10 MB of text. */
    readonly huge?: KitTurn;
    /** The model calls all of `tools` at once, with `calls`. */
    readonly tools?: KitTurn & {
      readonly tools: readonly ModelTool[];
      readonly calls: readonly { readonly name: string; readonly input: unknown }[];
    };
    /** The model thinks and calls a tool; asked again with the result, it answers `text`. */
    readonly rounds?: KitTurn & {
      readonly text: string;
      readonly tools: readonly ModelTool[];
      /** What only the provider can read and must get back, such as the signature of its thought. */
      readonly marker?: string;
    };
    /** A question with a picture. */
    readonly image?: KitTurn & FileContent & { readonly text: string };
    /** The model makes a picture: these bytes. */
    readonly imageOutput?: KitTurn & FileContent;
    /** JSON that fits `schema`, which has a property `kit_field`. */
    readonly structured?: KitTurn & { readonly schema: Readonly<Record<string, unknown>> };
    /** An answer with cached and reasoning tokens, as far as the provider counts them. */
    readonly usage?: KitTurn & { readonly usage: Usage };
    /** An answer among events that mean nothing: unknown, empty, repeated, comments. */
    readonly odd?: KitTurn & { readonly text: string };
  };
  /** The body that the upstream received last; cases that look at it are skipped without it. */
  readonly received?: () => unknown;
  /** The same provider without a key, for one that needs a key. */
  readonly withoutKey?: ModelProvider;
  /** Keys that the upstream takes and refuses, for a provider that needs a key. */
  readonly credentials?: { readonly good: Credentials; readonly bad: Credentials };
  /** Upstream connections or answers open now; it comes back to 0 after an abort. Nothing upstream without it. */
  readonly openStreams?: () => number;
  /** Where the provider calls, so that the kit can put faults between; nothing on a network without it. */
  readonly upstream?: Upstream<ModelProvider>;
  /** Turns that the upstream fails, by the `modelErrors` code they must end with, such as `MODEL_RATE_LIMIT`. */
  readonly faults?: Readonly<Record<string, KitTurn>>;
}

/** The request of one turn. */
export function toRequest(turn: Pick<KitTurn, 'model' | 'prompt'>): ModelRequest {
  return {
    model: turn.model,
    messages: [{ role: 'user', parts: [{ type: 'text', text: turn.prompt }] }],
    tools: [],
    parameters: {},
    principal: createPrincipal({ kind: 'user', id: 'kit-user' }),
    requestId: 'kit-request',
  };
}

/** A signal that never fires. */
export const signal = (): AbortSignal => new AbortController().signal;

/** All pieces of the answer to a request. */
export async function gather(
  { provider }: Pick<ModelProviderSubject, 'provider'>,
  request: ModelRequest,
  until: AbortSignal = signal(),
): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of provider.stream(request, until)) events.push(event);
  return events;
}

/** All pieces of one turn's answer. */
export const collect = (
  subject: ModelProviderSubject,
  turn: KitTurn,
  until?: AbortSignal,
): Promise<readonly ModelEvent[]> => gather(subject, toRequest(turn), until);

/** What the upstream received last, as text. */
export function receivedBy({ received }: ModelProviderSubject): string {
  if (received === undefined) skip('the upstream does not tell what it received');
  return JSON.stringify(received());
}

/** The pieces of one kind put together. */
export const textOf = (events: readonly ModelEvent[], type: 'text' | 'reasoning' = 'text'): string =>
  events.map((event) => (event.type === type ? event.text : '')).join('');
