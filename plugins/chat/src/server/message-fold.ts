import type { Notice, Part, RunEvent, Usage } from '@parley/contracts';
import { TextBuilder } from './text-builder.ts';

type KnownEvent = Exclude<RunEvent, { data: unknown }>;
type EventOf<T extends KnownEvent['type']> = Extract<KnownEvent, { type: T }>;
type ToolPart = Extract<Part, { callId: string }>;

const is = <T extends KnownEvent['type']>(event: RunEvent, type: T): event is EventOf<T> => event.type === type;
const isToolPart = (part: Part | undefined): part is ToolPart => part?.type === 'tool-call' && 'callId' in part;

/** Beyond these a provider tells the person nothing more. */
const MAX_NOTICES = 50;

/** The message a log makes, event by event: the same whether the events come live or from the stored log. */
export class MessageFold {
  /** Position of the last event used. */
  seq = 0;
  usage: Usage | undefined;
  /** Who answers, `provider/model`. */
  model: string | undefined;
  readonly notices: Notice[] = [];
  readonly #parts: Part[] = [];
  readonly #texts: (TextBuilder | undefined)[] = [];

  apply(event: RunEvent): void {
    this.seq = event.seq;
    if (is(event, 'part-delta')) this.#texts[event.index]?.append(event.text);
    else if (is(event, 'part-start')) this.#start(event);
    else if (is(event, 'part-end')) this.#end(event);
    else if (is(event, 'tool-call')) {
      const { callId, name, input, opaque } = event;
      const kept = opaque ? { opaque } : {};
      this.#parts[event.index] = { type: 'tool-call', callId, name, input, status: 'running', ...kept };
    } else if (is(event, 'tool-result')) {
      const { output, error } = event;
      this.#change(event.index, error === undefined ? { status: 'done', output } : { status: 'failed', error });
    } else if (is(event, 'approval-request')) this.#change(event.index, { status: 'awaiting-approval' });
    else if (is(event, 'approval'))
      this.#change(event.index, { status: event.decision === 'allow' ? 'running' : 'denied' });
    else if (is(event, 'usage')) this.usage = event.usage;
    else if (is(event, 'run-start') || is(event, 'model')) this.model = event.model;
    else if (is(event, 'notice') && this.notices.length < MAX_NOTICES)
      this.notices.push({ level: event.level, text: event.text, place: this.#parts.length });
  }

  /** The parts as they are now. Once the run is over, a call of a tool without a result has an unknown outcome. */
  parts(options: { readonly isOver: boolean }): Part[] {
    return this.#parts.map((part, index) => {
      const text = this.#texts[index];
      if (text) return { ...part, text: text.toString() } as Part;
      const isOpenCall =
        isToolPart(part) && part.status !== 'done' && part.status !== 'failed' && part.status !== 'denied';
      return options.isOver && isOpenCall ? { ...part, status: 'unknown' } : part;
    });
  }

  #start({ index, part }: EventOf<'part-start'>): void {
    this.#parts[index] = part;
    if ((part.type !== 'text' && part.type !== 'reasoning') || !('text' in part)) return;
    const text = new TextBuilder();
    if (part.text !== '') text.append(part.text);
    this.#texts[index] = text;
  }

  #end({ index, durationMs, opaque }: EventOf<'part-end'>): void {
    const part = this.#parts[index];
    if (!part) return;
    if (part.type === 'reasoning') this.#parts[index] = { ...part, durationMs } as Part;
    if (opaque) this.#parts[index] = { ...this.#parts[index], opaque } as Part;
  }

  #change(index: number, change: Partial<ToolPart>): void {
    const part = this.#parts[index];
    if (isToolPart(part)) this.#parts[index] = { ...part, ...change };
  }
}
