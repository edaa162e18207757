import { modelErrors } from '@parley/contracts';
import type { ModelEvent, Opaque } from '@parley/contracts';

interface OpenCall {
  callId: string;
  name: string;
  json: string;
  opaque?: Opaque;
}

/** Gathers the calls of tools whose arguments come in pieces, several at the same time. */
export class ToolInputs {
  readonly #calls = new Map<number | string, OpenCall>();
  readonly #provider: string;

  constructor(provider: string) {
    this.#provider = provider;
  }

  /** Whether a call is open. */
  get size(): number {
    return this.#calls.size;
  }

  /** Whether the call at `place` is open. */
  has(place: number | string): boolean {
    return this.#calls.has(place);
  }

  /** Adds what came of the call at `place`: its id and name once, its arguments piece by piece. */
  add(
    place: number | string,
    piece: { readonly callId?: string; readonly name?: string; readonly json?: string; readonly opaque?: Opaque },
  ): void {
    const call = this.#calls.get(place) ?? { callId: '', name: '', json: '' };
    this.#calls.set(place, call);
    if (piece.callId) call.callId = piece.callId;
    if (piece.name) call.name = piece.name;
    if (piece.opaque) call.opaque = piece.opaque;
    call.json += piece.json ?? '';
  }

  /** Ends the call at `place`. @throws MODEL_BAD_REQUEST when its arguments are not JSON */
  end(place: number | string, emit: (event: ModelEvent) => void): void {
    const call = this.#calls.get(place);
    if (!call) return;
    this.#calls.delete(place);
    const { callId, name, opaque } = call;
    emit({ type: 'tool-call', callId, name, input: this.#parse(call), ...(opaque ? { opaque } : {}) });
  }

  /** Ends all calls that are open, in the order they began. */
  endAll(emit: (event: ModelEvent) => void): void {
    for (const place of this.#calls.keys()) this.end(place, emit);
  }

  #parse({ json, name }: OpenCall): unknown {
    try {
      return JSON.parse(json === '' ? '{}' : json);
    } catch (cause) {
      const reason = `the arguments of tool ${name} are not JSON`;
      throw modelErrors.BAD_REQUEST({ provider: this.#provider, reason }, cause);
    }
  }
}
