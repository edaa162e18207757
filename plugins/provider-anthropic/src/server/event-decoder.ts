import type {
  CitationsDelta,
  MessageDeltaUsage,
  RawMessageStreamEvent,
  StopReason,
} from '@anthropic-ai/sdk/resources/messages';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent, Usage } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { EventDecoder } from '@parley/provider';
import { toModelError } from './anthropic-errors.ts';
import { FAMILY } from './family.ts';

type Finish = Extract<ModelEvent, { type: 'finish' }>['reason'];
type Counts = Partial<MessageDeltaUsage>;

const REASONS: Readonly<Partial<Record<StopReason, Finish>>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
};

function toUsage(counts: Counts): Usage {
  const cached = counts.cache_read_input_tokens ?? 0;
  const written = counts.cache_creation_input_tokens ?? 0;
  const reasoning = counts.output_tokens_details?.thinking_tokens;
  return {
    // The API counts what comes from the cache and goes into it apart from the rest.
    inputTokens: (counts.input_tokens ?? 0) + cached + written,
    outputTokens: counts.output_tokens ?? 0,
    ...(cached > 0 ? { cachedInputTokens: cached } : {}),
    ...(written > 0 ? { cacheWriteTokens: written } : {}),
    ...(reasoning ? { reasoningTokens: reasoning } : {}),
  };
}

function toCitation({ citation }: CitationsDelta): ModelEvent {
  const url = 'url' in citation ? citation.url : undefined;
  const title = ('title' in citation ? citation.title : citation.document_title) ?? url ?? 'Source';
  const isUrl = url !== undefined && URL.canParse(url);
  return {
    type: 'part',
    part: { type: 'citation', title, quote: citation.cited_text, ...(isUrl ? { url } : {}) },
  };
}

// The last event repeats only some of the counts of the first.
const withoutNull = (counts: object): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== null));

/** Turns the events of one answer into model events. */
export function createEventDecoder(provider: string, providerRequestId: string | undefined): EventDecoder {
  const calls = new ToolInputs(provider);
  const signatures = new Map<number, string>();
  let citations: ModelEvent[] = [];
  let counts: Counts = {};
  let stopReason: StopReason | undefined;
  let isOver = false;

  const parse = (data: string): RawMessageStreamEvent => {
    try {
      return JSON.parse(data) as RawMessageStreamEvent;
    } catch (cause) {
      throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream holds something that is not JSON' }, cause);
    }
  };

  const start = (event: Extract<RawMessageStreamEvent, { type: 'content_block_start' }>, emit: Emit): void => {
    const { index, content_block: block } = event;
    if (block.type === 'tool_use') calls.add(index, { callId: block.id, name: block.name });
    else if (block.type === 'redacted_thinking') {
      emit({ type: 'reasoning', text: '', opaque: { family: FAMILY, data: { redacted: block.data } } });
    } else if (block.type === 'text' && block.text !== '') emit({ type: 'text', text: block.text });
  };

  const grow = (event: Extract<RawMessageStreamEvent, { type: 'content_block_delta' }>, emit: Emit): void => {
    const { index, delta } = event;
    if (delta.type === 'text_delta') {
      if (delta.text !== '') emit({ type: 'text', text: delta.text });
    } else if (delta.type === 'thinking_delta') {
      if (delta.thinking !== '') emit({ type: 'reasoning', text: delta.thinking });
    } else if (delta.type === 'signature_delta') {
      signatures.set(index, (signatures.get(index) ?? '') + delta.signature);
    } else if (delta.type === 'input_json_delta') calls.add(index, { json: delta.partial_json });
    else if (delta.type === 'citations_delta') citations.push(toCitation(delta));
  };

  const stop = (index: number, emit: Emit): void => {
    const signature = signatures.get(index);
    if (signature !== undefined) {
      emit({ type: 'reasoning', text: '', opaque: { family: FAMILY, data: { signature } } });
      signatures.delete(index);
    }
    calls.end(index, emit);
  };

  return {
    decode(data, _event, emit) {
      const event = parse(data);
      // Whatever is repeated after the end counts for nothing.
      if (isOver) return;
      switch (event.type) {
        case 'message_start':
          counts = withoutNull(event.message.usage);
          break;
        case 'content_block_start':
          start(event, emit);
          break;
        case 'content_block_delta':
          grow(event, emit);
          break;
        case 'content_block_stop':
          stop(event.index, emit);
          break;
        case 'message_delta':
          counts = { ...counts, ...withoutNull(event.usage) };
          stopReason = event.delta.stop_reason ?? stopReason;
          break;
        case 'message_stop':
          isOver = true;
          break;
        default:
          if ((event as { readonly type?: string }).type === 'error') throw toModelError(event, { provider });
      }
    },
    end(emit) {
      if (!isOver && stopReason === undefined) {
        throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
      }
      for (const citation of citations) emit(citation);
      citations = [];
      emit({ type: 'usage', usage: toUsage(counts) });
      const reason = (stopReason && REASONS[stopReason]) ?? 'stop';
      emit({ type: 'finish', reason, ...(providerRequestId ? { providerRequestId } : {}) });
    },
  };
}

type Emit = (event: ModelEvent) => void;
