import { modelErrors, newId } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import type { ChatResponse } from 'ollama';

type Piece = Pick<ChatResponse, 'message' | 'done'> &
  Partial<Pick<ChatResponse, 'prompt_eval_count' | 'eval_count' | 'done_reason'>>;

/** The model events of one answer. @throws MODEL_UNAVAILABLE when it ends before its last piece */
export async function* toEvents(pieces: AsyncIterable<ChatResponse>, provider: string): AsyncGenerator<ModelEvent> {
  let hasCalls = false;
  // Old servers leave counts out.
  for await (const { message, done, ...counts } of pieces as AsyncIterable<Piece>) {
    if (message?.thinking) yield { type: 'reasoning', text: message.thinking };
    if (message?.content) yield { type: 'text', text: message.content };
    for (const { function: asked } of message?.tool_calls ?? []) {
      hasCalls = true;
      // The server gives calls no ids.
      yield { type: 'tool-call', callId: `call_${newId()}`, name: asked.name, input: asked.arguments };
    }
    if (!done) continue;
    const { prompt_eval_count: inputTokens = 0, eval_count: outputTokens = 0, done_reason: reason } = counts;
    yield { type: 'usage', usage: { inputTokens, outputTokens, costUsd: 0 } };
    yield { type: 'finish', reason: hasCalls ? 'tool-calls' : reason === 'length' ? 'length' : 'stop' };
    return;
  }
  throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
}
