import { newId } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';

type Piece = ChatCompletionChunk.Choice.Delta.ToolCall;

/** Gathers calls of tools. Some servers give all of them one index, and some give no ids: a new id begins a new call. */
export class CallGatherer {
  readonly #calls: ToolInputs;
  readonly #openAt = new Map<number, string>();

  constructor(provider: string) {
    this.#calls = new ToolInputs(provider);
  }

  get hasCalls(): boolean {
    return this.#calls.size > 0;
  }

  add({ index = 0, id, function: asked }: Partial<Piece>): void {
    const open = this.#openAt.get(index);
    const place = id || (open ?? newId());
    this.#openAt.set(index, place);
    this.#calls.add(place, { callId: place, name: asked?.name ?? '', json: asked?.arguments ?? '' });
  }

  endAll(emit: (event: ModelEvent) => void): void {
    this.#calls.endAll(emit);
  }
}
