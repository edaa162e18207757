import type {
  RawMessageDeltaEvent,
  RawMessageStreamEvent,
  ServerToolUseBlock,
  StopReason,
} from '@anthropic-ai/sdk/resources/messages';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { EventDecoder } from '@parley/provider';
import { toModelError } from './anthropic-errors.ts';
import { digestOf, keep } from './family.ts';
import { SaidBlocks } from './said-blocks.ts';
import { TextRun } from './text-run.ts';
import { UsageCount } from './usage.ts';
import { toSearchPart } from './web-search.ts';

type Emit = (event: ModelEvent) => void;
type Finish = Extract<ModelEvent, { type: 'finish' }>['reason'];
type BlockStart = Extract<RawMessageStreamEvent, { type: 'content_block_start' }>;
type BlockDelta = Extract<RawMessageStreamEvent, { type: 'content_block_delta' }>;

const REASONS: Readonly<Partial<Record<StopReason, Finish>>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
};

/** How often an answer may pause before it counts as ended. */
const MOST_PAUSES = 10;

interface Thought {
  text: string;
  signature: string;
}

/** Turns the events of one answer, over all the requests it takes, into model events. */
export class AnswerDecoder implements EventDecoder {
  readonly #provider: string;
  readonly #calls: ToolInputs;
  readonly #text = new TextRun();
  readonly #usage = new UsageCount();
  readonly #said: SaidBlocks | undefined;
  readonly #thoughts = new Map<number, Thought>();
  readonly #searches = new Map<string, ServerToolUseBlock>();
  readonly #searchAt = new Map<number, { readonly use: ServerToolUseBlock; json: string }>();
  #texts = new Set<number>();
  #stop: Partial<RawMessageDeltaEvent['delta']> = {};
  #brokenCall: unknown;
  #isOver = false;
  #pauses = 0;
  #requestId: string | undefined;

  /** With `mayPause`, what is said is gathered, so that another request can go on with it. */
  constructor(provider: string, { mayPause = false }: { readonly mayPause?: boolean } = {}) {
    this.#provider = provider;
    this.#calls = new ToolInputs(provider);
    this.#said = mayPause ? new SaidBlocks() : undefined;
  }

  /** What was said so far, when the server wants to be asked to go on. */
  get paused(): SaidBlocks['blocks'] | undefined {
    const isPaused = this.#stop.stop_reason === 'pause_turn' && this.#pauses <= MOST_PAUSES;
    return isPaused ? this.#said?.blocks : undefined;
  }

  /** A response begins: the first, or one that goes on after a pause. */
  begin(requestId: string | undefined): void {
    this.#requestId = requestId;
    if (this.#stop.stop_reason === 'pause_turn') this.#usage.next();
    this.#stop = {};
    this.#isOver = false;
  }

  decode(data: string, _event: string, emit: Emit): void {
    const event = this.#parse(data);
    // Whatever is repeated after the end counts for nothing.
    if (this.#isOver) return;
    switch (event.type) {
      case 'content_block_delta':
        return this.#grow(event, emit);
      case 'content_block_start':
        return this.#start(event, emit);
      case 'content_block_stop':
        return this.#end(event.index, emit);
      case 'message_start':
        return this.#usage.add(event.message.usage);
      case 'message_delta':
        this.#usage.add(event.usage);
        if (event.delta.stop_reason) this.#stop = event.delta;
        return;
      case 'message_stop':
        this.#isOver = true;
        return;
      default:
        if ((event as { readonly type?: string }).type === 'error') {
          throw toModelError(event, { provider: this.#provider });
        }
    }
  }

  end(emit: Emit): void {
    const { stop_reason: reason, stop_details: details } = this.#stop;
    if (!this.#isOver && !reason) {
      throw modelErrors.UNAVAILABLE({ provider: this.#provider, reason: 'the stream ended early' });
    }
    if (reason === 'pause_turn') this.#pauses += 1;
    if (this.paused) return;
    this.#text.end(emit);
    const finish = (reason && REASONS[reason]) ?? 'stop';
    // A call that the end has cut is lost with the rest of the answer; any other must be whole.
    if (this.#brokenCall !== undefined && finish !== 'length') throw this.#brokenCall;
    const text = noticeOf(reason, details?.explanation ?? undefined, this.#provider);
    if (text !== undefined) emit({ type: 'notice', level: 'warning', text });
    emit({ type: 'usage', usage: this.#usage.total });
    emit({ type: 'finish', reason: finish, ...(this.#requestId ? { providerRequestId: this.#requestId } : {}) });
  }

  #start({ index, content_block: block }: BlockStart, emit: Emit): void {
    this.#said?.start(index, block);
    if (block.type === 'text') {
      this.#texts.add(index);
      if (block.text !== '') this.#speak(block.text, emit);
      return;
    }
    if (block.type === 'thinking') {
      this.#text.end(emit);
      this.#thoughts.set(index, { text: block.thinking, signature: block.signature });
      if (block.thinking) emit({ type: 'reasoning', text: block.thinking });
    } else if (block.type === 'redacted_thinking') {
      this.#text.end(emit);
      emit({ type: 'reasoning', text: '', opaque: keep({ redacted: block.data }) });
    } else if (block.type === 'tool_use') {
      this.#text.end(emit);
      this.#calls.add(index, { callId: block.id, name: block.name });
    } else if (block.type === 'server_tool_use') this.#searchAt.set(index, { use: block, json: '' });
    else if (block.type === 'web_search_tool_result') {
      const use = this.#searches.get(block.tool_use_id);
      if (!use) return;
      this.#text.end(emit);
      this.#searches.delete(block.tool_use_id);
      emit({ type: 'part', part: toSearchPart(use, block) });
    }
  }

  #grow({ index, delta }: BlockDelta, emit: Emit): void {
    this.#said?.grow(index, delta);
    if (delta.type === 'text_delta') {
      if (delta.text !== '') this.#speak(delta.text, emit);
    } else if (delta.type === 'thinking_delta') {
      const thought = this.#thoughts.get(index);
      if (thought) thought.text += delta.thinking;
      if (delta.thinking !== '') emit({ type: 'reasoning', text: delta.thinking });
    } else if (delta.type === 'signature_delta') {
      const thought = this.#thoughts.get(index);
      if (thought) thought.signature += delta.signature;
    } else if (delta.type === 'input_json_delta') {
      const search = this.#searchAt.get(index);
      if (search) search.json += delta.partial_json;
      else this.#calls.add(index, { json: delta.partial_json });
    } else if (delta.type === 'citations_delta') this.#text.cite(delta);
  }

  #end(index: number, emit: Emit): void {
    this.#said?.stop(index);
    if (this.#texts.delete(index)) return this.#text.endBlock();
    const thought = this.#thoughts.get(index);
    if (thought) {
      this.#thoughts.delete(index);
      const { signature, text } = thought;
      if (signature !== '') emit({ type: 'reasoning', text: '', opaque: keep({ signature, digest: digestOf(text) }) });
      return;
    }
    const search = this.#searchAt.get(index);
    if (search) {
      this.#searchAt.delete(index);
      this.#searches.set(search.use.id, { ...search.use, input: search.json === '' ? {} : this.#parse(search.json) });
      return;
    }
    try {
      this.#calls.end(index, emit);
    } catch (error) {
      this.#brokenCall ??= error;
    }
  }

  #speak(text: string, emit: Emit): void {
    this.#text.add(text);
    emit({ type: 'text', text });
  }

  #parse(data: string): RawMessageStreamEvent {
    try {
      return JSON.parse(data) as RawMessageStreamEvent;
    } catch (cause) {
      const reason = 'the stream holds something that is not JSON';
      throw modelErrors.UNAVAILABLE({ provider: this.#provider, reason }, cause);
    }
  }
}

function noticeOf(reason: StopReason | null | undefined, explanation: string | undefined, provider: string) {
  if (reason === 'refusal') return explanation && `${provider} declined: ${explanation}`;
  if (reason === 'model_context_window_exceeded') return 'The conversation has filled all that this model can read.';
  if (reason === 'pause_turn') return 'The model paused too often to go on; the answer may not be whole.';
  return undefined;
}
