import { modelErrors } from '@parley/contracts';
import type { ModelEvent, Usage } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { EventDecoder } from '@parley/provider';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { toModelError } from './provider-errors.ts';

/** What compatible servers add to OpenAI's chunks. */
type Delta = ChatCompletionChunk.Choice.Delta & {
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
};

const REASONS: Readonly<Record<string, Extract<ModelEvent, { type: 'finish' }>['reason']>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
};

const toUsage = (usage: NonNullable<ChatCompletionChunk['usage']>): Usage => ({
  inputTokens: usage.prompt_tokens ?? 0,
  outputTokens: usage.completion_tokens ?? 0,
  ...(usage.prompt_tokens_details?.cached_tokens === undefined
    ? {}
    : { cachedInputTokens: usage.prompt_tokens_details.cached_tokens }),
  ...(usage.completion_tokens_details?.reasoning_tokens === undefined
    ? {}
    : { reasoningTokens: usage.completion_tokens_details.reasoning_tokens }),
});

/** One event of the upstream, an event of a failing server included. */
type Payload = ChatCompletionChunk & {
  readonly error?: { readonly code?: string | null; readonly message?: string; readonly type?: string };
};

function parseChunk(data: string, provider: string): ChatCompletionChunk {
  let payload: Payload;
  try {
    payload = JSON.parse(data) as Payload;
  } catch (cause) {
    throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream holds something that is not JSON' }, cause);
  }
  if (payload.error) throw toModelError(payload.error, { provider });
  return payload;
}

/** Turns the chunks of one answer into model events; holds only what a tool call has gathered so far. */
export function createChunkDecoder(provider: string): EventDecoder {
  const calls = new ToolInputs(provider);
  let finishReason: string | undefined;

  const gather = (delta: Delta): void => {
    for (const { index, id, function: asked } of delta.tool_calls ?? []) {
      calls.add(index, {
        ...(id ? { callId: id } : {}),
        ...(asked?.name ? { name: asked.name } : {}),
        json: asked?.arguments ?? '',
      });
    }
  };

  return {
    decode(data, _event, emit) {
      if (data === '[DONE]') return;
      const chunk = parseChunk(data, provider);
      const choice = chunk.choices?.[0];
      if (choice !== undefined) {
        const delta = choice.delta as Delta | undefined;
        const reasoning = delta?.reasoning_content ?? delta?.reasoning;
        if (reasoning) emit({ type: 'reasoning', text: reasoning });
        if (delta?.content) emit({ type: 'text', text: delta.content });
        if (delta?.refusal) emit({ type: 'text', text: delta.refusal });
        if (delta?.tool_calls) gather(delta);
        finishReason = choice.finish_reason ?? finishReason;
      }
      if (chunk.usage) emit({ type: 'usage', usage: toUsage(chunk.usage) });
    },
    end(emit) {
      if (finishReason === undefined) throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
      calls.endAll(emit);
      emit({ type: 'finish', reason: REASONS[finishReason] ?? 'stop' });
    },
  };
}
