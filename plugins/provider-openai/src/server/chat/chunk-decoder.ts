import { modelErrors } from '@parley/contracts';
import type { ModelEvent, Usage } from '@parley/contracts';
import type { EventDecoder, MadeFile } from '@parley/provider';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { Citations } from '../citations.ts';
import { fromDataUrl } from '../made-file.ts';
import { toModelError } from '../openai-errors.ts';
import { parseEvent } from '../parse-event.ts';
import { CallGatherer } from './call-gatherer.ts';
import { addDetail, REASONING_FIELDS } from './kept.ts';
import type { JsonObject, ReasoningField } from './kept.ts';
import { toUsage } from './usage.ts';

type Event = ModelEvent | MadeFile;
type Emit = (event: Event) => void;
type Reason = Extract<ModelEvent, { type: 'finish' }>['reason'];

/** What compatible servers add to OpenAI's chunks. */
type Delta = ChatCompletionChunk.Choice.Delta &
  Readonly<Partial<Record<ReasoningField, string | null>>> & {
    readonly reasoning_details?: readonly JsonObject[];
    readonly annotations?: readonly { readonly type?: string; readonly url_citation?: object }[];
    readonly images?: readonly { readonly image_url?: { readonly url?: string } }[];
  };

/** One event of the upstream, an event of a failing server included. */
type Payload = Partial<ChatCompletionChunk> & { readonly error?: unknown };

const REASONS: Readonly<Record<string, Reason>> = {
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
};

interface Facts {
  readonly provider: string;
  /** What thoughts of this server are kept under. */
  readonly family: string;
  readonly providerRequestId: string | undefined;
}

/** Turns the chunks of one answer into model events. */
export function createChunkDecoder(facts: Facts): EventDecoder<Event> {
  return new ChunkDecoder(facts);
}

class ChunkDecoder implements EventDecoder<Event> {
  readonly #facts: Facts;
  readonly #calls: CallGatherer;
  readonly #citations = new Citations();
  /** Where the thought came that is not over yet. */
  #thinksIn: ReasoningField | undefined;
  #details: JsonObject[] = [];
  #usage: Usage | undefined;
  #reason: string | undefined;
  #isRefusal = false;
  #isOver = false;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#calls = new CallGatherer(facts);
  }

  decode(data: string, _event: string, emit: Emit): void {
    if (data === '[DONE]') this.#isOver = true;
    if (this.#isOver) return;
    const chunk = parseEvent(data, this.#facts.provider) as Payload;
    if (chunk.error) throw toModelError(chunk.error, this.#facts);
    // Some servers count in every chunk; the last one counts all.
    if (chunk.usage) this.#usage = toUsage(chunk.usage);
    const choice = chunk.choices?.[0];
    if (!choice) return;
    if (choice.delta) this.#read(choice.delta, emit);
    this.#reason = choice.finish_reason ?? this.#reason;
  }

  end(emit: Emit): void {
    const { provider, providerRequestId } = this.#facts;
    if (this.#reason === undefined && !this.#isOver) {
      throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
    }
    const { hasCalls } = this.#calls;
    // They go back with calls only.
    if (!hasCalls) this.#details = [];
    this.#endThought(emit);
    this.#calls.endAll(emit);
    this.#citations.tell(emit);
    if (this.#usage) emit({ type: 'usage', usage: this.#usage });
    const reason = this.#finishReason(hasCalls);
    emit({ type: 'finish', reason, ...(providerRequestId ? { providerRequestId } : {}) });
  }

  #finishReason(hasCalls: boolean): Reason {
    if (this.#isRefusal) return 'content-filter';
    const told = REASONS[this.#reason ?? ''];
    // Some servers say `stop` after calls, others `tool_calls` without any.
    if (told === 'length' || told === 'content-filter') return told;
    return hasCalls ? 'tool-calls' : 'stop';
  }

  #read(delta: Delta, emit: Emit): void {
    const field = REASONING_FIELDS.find((name) => delta[name]);
    if (field !== undefined) {
      this.#thinksIn ??= field;
      emit({ type: 'reasoning', text: delta[field] ?? '' });
    }
    for (const piece of delta.reasoning_details ?? []) addDetail(this.#details, piece);
    this.#say(delta.content, emit);
    if (delta.refusal) this.#isRefusal = true;
    this.#say(delta.refusal, emit);
    for (const piece of delta.tool_calls ?? []) {
      this.#endThought(emit);
      this.#calls.add(piece);
    }
    for (const { type, url_citation } of delta.annotations ?? []) this.#citations.add({ type, ...url_citation });
    for (const { image_url } of delta.images ?? []) {
      const file = fromDataUrl(image_url?.url ?? '');
      if (file) emit(file);
    }
  }

  #say(text: string | null | undefined, emit: Emit): void {
    if (!text) return;
    this.#endThought(emit);
    emit({ type: 'text', text });
  }

  #endThought(emit: Emit): void {
    const [field, details] = [this.#thinksIn, this.#details];
    if (field === undefined && details.length === 0) return;
    const data = { ...(field === undefined ? {} : { field }), ...(details.length === 0 ? {} : { details }) };
    emit({ type: 'reasoning', text: '', opaque: { family: this.#facts.family, data } });
    this.#thinksIn = undefined;
    this.#details = [];
  }
}
