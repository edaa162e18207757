import { modelErrors } from '@parley/contracts';
import type { ModelEvent, Usage } from '@parley/contracts';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';

/** What compatible servers add to OpenAI's chunks. */
type Delta = ChatCompletionChunk.Choice.Delta & {
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
};

interface OpenCall {
  callId: string;
  name: string;
  json: string;
}

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

const parseInput = (call: OpenCall, provider: string): unknown => {
  try {
    return JSON.parse(call.json === '' ? '{}' : call.json);
  } catch (cause) {
    throw modelErrors.BAD_REQUEST({ provider, reason: `the arguments of tool ${call.name} are not JSON` }, cause);
  }
};

/** Turns the chunks of one answer into model events; holds only what a tool call has gathered so far. */
export function createChunkDecoder(provider: string) {
  const calls = new Map<number, OpenCall>();
  let finishReason: string | undefined;

  const gather = (delta: Delta): void => {
    for (const piece of delta.tool_calls ?? []) {
      const call = calls.get(piece.index) ?? { callId: '', name: '', json: '' };
      calls.set(piece.index, call);
      call.callId = piece.id ?? call.callId;
      call.name += piece.function?.name ?? '';
      call.json += piece.function?.arguments ?? '';
    }
  };

  return {
    /** The events of one chunk, in order; most chunks give none or one. */
    decode(chunk: ChatCompletionChunk, emit: (event: ModelEvent) => void): void {
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
    /** Closes the answer. @throws MODEL_UNAVAILABLE when the stream was cut before its end. */
    end(emit: (event: ModelEvent) => void): void {
      if (finishReason === undefined) throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
      for (const call of calls.values())
        emit({ type: 'tool-call', callId: call.callId, name: call.name, input: parseInput(call, provider) });
      emit({ type: 'finish', reason: REASONS[finishReason] ?? 'stop' });
    },
  };
}
