import { modelErrors, newId } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import type { ByteDecoder } from '@parley/provider';
import type { ChatResponse, ToolCall } from 'ollama';
import { toModelError } from './ollama-errors.ts';

// Old servers leave counts out; a failure in the middle has only its words.
type Piece = Partial<Omit<ChatResponse, 'message'>> & {
  readonly message?: Partial<ChatResponse['message']>;
  readonly error?: string;
};
type Emit = (event: ModelEvent) => void;

/**
 * Turns the lines of one answer into model events. The official client's own reading of them costs half as much again as a
 * plain one.
 */
export class AnswerDecoder implements ByteDecoder {
  readonly #provider: string;
  readonly #model: string;
  readonly #utf8 = new TextDecoder();
  #rest = '';
  #hasCalls = false;
  #isOver = false;

  constructor(provider: string, model: string) {
    this.#provider = provider;
    this.#model = model;
  }

  feed(bytes: Uint8Array, emit: Emit): void {
    const lines = (this.#rest + this.#utf8.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#read(line, emit);
  }

  end(emit: Emit): void {
    this.#read(this.#rest, emit);
    if (!this.#isOver) throw modelErrors.UNAVAILABLE({ provider: this.#provider, reason: 'the stream ended early' });
  }

  #read(line: string, emit: Emit): void {
    // Whatever is repeated after the end counts for nothing.
    if (this.#isOver || line.trim() === '') return;
    const piece = this.#parse(line);
    const { message, error } = piece;
    if (error !== undefined) {
      throw toModelError(new Error(error), { provider: this.#provider, model: this.#model });
    }
    if (message?.thinking) emit({ type: 'reasoning', text: message.thinking });
    if (message?.content) emit({ type: 'text', text: message.content });
    if (message?.tool_calls) this.#call(message.tool_calls, emit);
    if (!piece.done) return;
    this.#isOver = true;
    const { prompt_eval_count: inputTokens = 0, eval_count: outputTokens = 0, done_reason: reason } = piece;
    emit({ type: 'usage', usage: { inputTokens, outputTokens, costUsd: 0 } });
    emit({ type: 'finish', reason: this.#hasCalls ? 'tool-calls' : reason === 'length' ? 'length' : 'stop' });
  }

  #call(calls: readonly ToolCall[], emit: Emit): void {
    for (const { function: asked } of calls) {
      this.#hasCalls = true;
      // The server gives calls no ids.
      emit({ type: 'tool-call', callId: `call_${newId()}`, name: asked.name, input: asked.arguments });
    }
  }

  #parse(line: string): Piece {
    try {
      return JSON.parse(line) as Piece;
    } catch (cause) {
      const reason = 'the stream holds something that is not JSON';
      throw modelErrors.UNAVAILABLE({ provider: this.#provider, reason }, cause);
    }
  }
}
