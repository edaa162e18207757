import type { Opaque, Part, RunEvent, Usage } from '@parley/contracts';
import { encodeDelta, encodeEvent, toChunk } from './log-encoding.ts';
import type { LogChunk } from './log-encoding.ts';
import { MessageFold } from './message-fold.ts';
import { RunMemory } from './run-memory.ts';

type Unnumbered<E> = E extends RunEvent ? Omit<E, 'seq'> : never;
/** An event that has no position yet. */
export type NewEvent = Unnumbered<RunEvent>;

interface ToolAsked {
  readonly callId: string;
  readonly name: string;
  readonly input: unknown;
  readonly opaque?: Opaque;
}

interface PendingDelta {
  readonly seq: number;
  readonly index: number;
  text: string;
}
type Pending = PendingDelta | RunEvent;
const emptyPart = (type: 'text' | 'reasoning'): Part => (type === 'text' ? { type, text: '' } : { type, text: '' });
const isDelta = (pending: Pending): pending is PendingDelta => !('type' in pending);

/**
 * Turns what a model says into numbered events: opens and closes parts, and joins pieces of text that the log has not
 * taken yet into one event. Nothing here waits, parses or copies per piece.
 */
export class RunRecorder {
  /** Message as far as it was handed to the log. */
  readonly fold = new MessageFold();
  /** The log as far as it was handed over. */
  readonly memory = new RunMemory();
  /** Units: UTF-16 code units of text not yet taken. */
  pendingLength = 0;
  /** Size of all lines taken so far, UTF-8. */
  totalBytes = 0;
  #seq: number;
  #pending: Pending[] = [];
  #lastDelta: PendingDelta | undefined;
  #openType: 'text' | 'reasoning' | undefined;
  #openIndex = -1;
  #openSinceMs = 0;
  #usage: Usage | undefined;
  readonly #now: () => number;

  /** `events` are those the log holds already. */
  constructor(now: () => number, events: readonly RunEvent[]) {
    this.#now = now;
    for (const event of events) {
      this.fold.apply(event);
      this.memory.append(toChunk(event));
    }
    this.#seq = this.fold.seq;
    this.#usage = this.fold.usage;
  }

  /** Position of the last event made. */
  get seq(): number {
    return this.#seq;
  }

  /** What the answer has used so far. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  /** A piece of text or of reasoning. With `opaque` it is the last of its part, and may be empty. */
  append(type: 'text' | 'reasoning', text: string, opaque?: Opaque): void {
    if (text === '' && opaque === undefined) return;
    if (this.#openType !== type) this.#open(type);
    if (text !== '') this.#appendText(text);
    if (opaque !== undefined) this.closePart(opaque);
  }

  #appendText(text: string): void {
    this.pendingLength += text.length;
    if (this.#lastDelta) {
      this.#lastDelta.text += text;
      return;
    }
    this.#lastDelta = { seq: ++this.#seq, index: this.#openIndex, text };
    this.#pending.push(this.#lastDelta);
  }

  /** A part that comes whole. */
  addPart(part: Part): void {
    this.closePart();
    const index = ++this.#openIndex;
    this.add({ type: 'part-start', index, part });
    this.add({ type: 'part-end', index, durationMs: 0 });
  }

  /** A tool the model asks for. */
  addToolCall(call: ToolAsked): void {
    this.closePart();
    const { callId, name, input, opaque } = call;
    this.add({ type: 'tool-call', index: ++this.#openIndex, callId, name, input, ...(opaque ? { opaque } : {}) });
  }

  addUsage(usage: Usage): void {
    this.#usage = usage;
    this.add({ type: 'usage', usage });
  }

  /** Ends the text or reasoning that is open. */
  closePart(opaque?: Opaque): void {
    if (this.#openType === undefined) return;
    this.#openType = undefined;
    const durationMs = Math.max(0, this.#now() - this.#openSinceMs);
    this.add({ type: 'part-end', index: this.#openIndex, durationMs, ...(opaque ? { opaque } : {}) });
  }

  /** Any other event. */
  add(event: NewEvent): void {
    this.#lastDelta = undefined;
    this.#pending.push({ ...event, seq: ++this.#seq });
  }

  /** Hands over what is pending; the caller makes it durable. */
  take(): LogChunk | undefined {
    const pending = this.#pending;
    const first = pending[0];
    if (!first) return undefined;
    this.#pending = [];
    this.#lastDelta = undefined;
    this.pendingLength = 0;
    let text = this.#encode(first);
    for (const entry of pending.slice(1)) text += `\n${this.#encode(entry)}`;
    const chunk = { firstSeq: first.seq, lastSeq: this.#seq, text };
    this.totalBytes += Buffer.byteLength(text) + 1;
    this.memory.append(chunk);
    return chunk;
  }

  #encode(pending: Pending): string {
    if (!isDelta(pending)) {
      this.fold.apply(pending);
      return encodeEvent(pending);
    }
    const { seq, index, text } = pending;
    this.fold.apply({ type: 'part-delta', seq, index, text });
    return encodeDelta(index, text);
  }

  #open(type: 'text' | 'reasoning'): void {
    this.closePart();
    this.#openType = type;
    this.#openSinceMs = this.#now();
    this.add({ type: 'part-start', index: ++this.#openIndex, part: emptyPart(type) });
  }
}
