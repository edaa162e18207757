import { newId } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { JsonObject } from './kept.ts';

/** Some servers add what they want back with the call. */
type Piece = ChatCompletionChunk.Choice.Delta.ToolCall & { readonly extra_content?: JsonObject };

/** Gathers calls of tools. Some servers give all of them one index, and some give no ids: a new id begins a new call. */
export class CallGatherer {
  readonly #calls: ToolInputs;
  readonly #family: string;
  readonly #openAt = new Map<number, string>();

  constructor({ provider, family }: { readonly provider: string; readonly family: string }) {
    this.#calls = new ToolInputs(provider);
    this.#family = family;
  }

  get hasCalls(): boolean {
    return this.#calls.size > 0;
  }

  add({ index = 0, id, function: asked, extra_content: extra }: Partial<Piece>): void {
    const open = this.#openAt.get(index);
    const place = id || (open ?? newId());
    this.#openAt.set(index, place);
    this.#calls.add(place, {
      callId: place,
      name: asked?.name ?? '',
      json: asked?.arguments ?? '',
      ...(extra ? { opaque: { family: this.#family, data: { extra } } } : {}),
    });
  }

  endAll(emit: (event: ModelEvent) => void): void {
    this.#calls.endAll(emit);
  }
}
