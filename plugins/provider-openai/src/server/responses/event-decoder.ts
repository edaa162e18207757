import { modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { EventDecoder, MadeFile } from '@parley/provider';
import type {
  Response as ModelResponse,
  ResponseOutputItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses';
import { toModelError } from '../openai-errors.ts';
import { parseEvent } from '../parse-event.ts';
import { Citations } from '../citations.ts';
import type { KeptItem } from './kept.ts';
import { toMadeFile } from '../made-file.ts';
import { reasonOf, toUsage } from './outcome.ts';

type Event = ModelEvent | MadeFile;
type Emit = (event: Event) => void;
type Message = Extract<ResponseOutputItem, { type: 'message' }>;

interface Facts {
  readonly provider: string;
  /** What encrypted thoughts are kept under. */
  readonly family: string;
  readonly providerRequestId: string | undefined;
}

/** Turns the events of one answer into model events. */
export function createEventDecoder(facts: Facts): EventDecoder<Event> {
  return new ResponsesDecoder(facts);
}

class ResponsesDecoder implements EventDecoder<Event> {
  readonly #facts: Facts;
  readonly #calls: ToolInputs;
  readonly #citations = new Citations();
  /** Ids of the items that are over, since some servers repeat them. */
  readonly #over = new Set<string>();
  /** Thoughts, and searches between them, that wait for what they led to. */
  #kept: KeptItem[] = [];
  #lastNumber = 0;
  /** Whether the words of the present item came piece by piece. */
  #isSaid = false;
  #isThought = false;
  #hasCalls = false;
  #isRefusal = false;
  #response: ModelResponse | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#calls = new ToolInputs(facts.provider);
  }

  decode(data: string, _event: string, emit: Emit): void {
    if (data === '[DONE]') return;
    const event = parseEvent(data, this.#facts.provider) as ResponseStreamEvent;
    if (this.#response || this.#isRepeated(event.sequence_number)) return;
    switch (event.type) {
      case 'response.output_text.delta':
        return this.#say(event.delta, emit);
      case 'response.refusal.delta':
        this.#isRefusal = true;
        return this.#say(event.delta, emit);
      case 'response.reasoning_summary_part.added':
        return event.summary_index > 0 ? this.#think('\n\n', emit) : undefined;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return this.#think(event.delta, emit);
      case 'response.output_text.annotation.added':
        return this.#citations.add(event.annotation);
      case 'response.output_item.done':
        return this.#end(event.item, emit);
      case 'response.completed':
      case 'response.incomplete':
        // A server that tells nothing on the way tells all at the end.
        if (this.#over.size === 0 && !this.#isSaid)
          for (const item of event.response.output ?? []) this.#end(item, emit);
        this.#response = event.response;
        return;
      case 'response.failed':
        throw toModelError(event.response.error ?? {}, this.#facts);
      default:
        if ((event as { readonly type?: string }).type === 'error') throw this.#errorOf(event);
    }
  }

  end(emit: Emit): void {
    const { provider, providerRequestId } = this.#facts;
    const response = this.#response;
    if (!response) throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
    this.#citations.tell(emit);
    if (response.usage) emit({ type: 'usage', usage: toUsage(response.usage) });
    const reason = reasonOf(response, { hasCalls: this.#hasCalls, isRefusal: this.#isRefusal });
    emit({ type: 'finish', reason, ...(providerRequestId ? { providerRequestId } : {}) });
  }

  #isRepeated(number: number | undefined): boolean {
    if (number === undefined) return false;
    const isRepeated = number > 0 && number === this.#lastNumber;
    this.#lastNumber = number;
    return isRepeated;
  }

  #errorOf(event: object): Error {
    // OpenAI puts the error's fields into the event, Azure and others an object beside the type.
    const inner = (event as { readonly error?: unknown }).error;
    return toModelError(typeof inner === 'object' && inner !== null ? inner : event, this.#facts);
  }

  #say(text: string, emit: Emit): void {
    if (text === '') return;
    this.#giveKept(emit);
    this.#isSaid = true;
    emit({ type: 'text', text });
  }

  #think(text: string, emit: Emit): void {
    if (text === '') return;
    this.#giveKept(emit);
    this.#isThought = true;
    emit({ type: 'reasoning', text });
  }

  #giveKept(emit: Emit): void {
    if (this.#kept.length === 0) return;
    // What lies in it came as JSON.
    const data = { items: JSON.parse(JSON.stringify(this.#kept)) as [] };
    emit({ type: 'reasoning', text: '', opaque: { family: this.#facts.family, data } });
    this.#kept = [];
  }

  #end(item: ResponseOutputItem, emit: Emit): void {
    const id = item.type === 'function_call' ? item.call_id : item.id;
    if (id) {
      if (this.#over.has(id)) return;
      this.#over.add(id);
    }
    if (item.type === 'message') this.#endMessage(item, emit);
    else if (item.type === 'reasoning') {
      const thoughts = this.#isThought ? [] : item.summary;
      this.#think(thoughts.map(({ text }) => text).join('\n\n'), emit);
      this.#isThought = false;
      if (item.encrypted_content) this.#kept.push(item);
    } else if (item.type === 'web_search_call') {
      if (this.#kept.length > 0) this.#kept.push(item);
    } else if (item.type === 'function_call') {
      this.#giveKept(emit);
      this.#hasCalls = true;
      this.#calls.add(item.call_id, { callId: item.call_id, name: item.name, json: item.arguments });
      this.#calls.end(item.call_id, emit);
    } else if (item.type === 'image_generation_call') {
      // The thoughts before a picture can not go back without the picture's own item, which is not kept.
      this.#kept = [];
      const file = toMadeFile(item);
      if (file) emit(file);
    }
  }

  #endMessage({ content, phase }: Message, emit: Emit): void {
    const isSaid = this.#isSaid;
    for (const piece of content) {
      if (piece.type === 'refusal') this.#isRefusal = true;
      if (!isSaid) this.#say(piece.type === 'refusal' ? piece.refusal : piece.text, emit);
      if (piece.type === 'output_text') for (const annotation of piece.annotations) this.#citations.add(annotation);
    }
    if (phase && this.#isSaid)
      emit({ type: 'text', text: '', opaque: { family: this.#facts.family, data: { phase } } });
    this.#isSaid = false;
  }
}
