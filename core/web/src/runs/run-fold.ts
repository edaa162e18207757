import { isFinal } from '@parley/contracts';
import type { Message, Notice, Part, Problem, RunEvent, RunState, Usage } from '@parley/contracts';

/** What the answer is doing now, for the words a person sees while waiting. */
export type RunPhase = 'connecting' | 'thinking' | 'writing' | 'tool' | 'approval' | 'done';

/** What became of one event: used, known already, or too far ahead because events before it are missing. */
export type FoldOutcome = 'applied' | 'seen' | 'gap';

/** One part as far as it has come. */
export interface FoldedPart {
  part: Part;
  isOpen: boolean;
  /** When it began, milliseconds since the epoch, by the clock of this tab. */
  readonly startedAtMs: number;
}

const appendable = (part: Part): part is Extract<Part, { text: string }> =>
  part.type === 'text' || part.type === 'reasoning';

/**
 * Turns the log of one run into its message, event by event.
 * Shape: applying the same events in any number of repeats gives the same parts; a hole changes nothing.
 */
export class RunFold {
  /** Position of the last event used; 0 before the first. */
  seq = 0;
  state: RunState = 'queued';
  model: string | undefined;
  messageId: string | undefined;
  usage: Usage | undefined;
  error: Problem | undefined;
  title: string | undefined;
  /** A new list with each notice. */
  notices: readonly Notice[] = [];
  readonly parts: FoldedPart[] = [];
  /** Parts changed since the reader last emptied it. */
  readonly changed = new Set<number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get phase(): RunPhase {
    if (isFinal(this.state)) return 'done';
    if (this.seq === 0) return 'connecting';
    const last = this.parts.at(-1);
    if (last?.part.type === 'tool-call' && 'status' in last.part) {
      if (last.part.status === 'awaiting-approval') return 'approval';
      if (last.isOpen) return 'tool';
    }
    return last?.part.type === 'text' && last.isOpen ? 'writing' : 'thinking';
  }

  /** Takes one event. Anything but `applied` leaves the state as it was. */
  apply(event: RunEvent): FoldOutcome {
    if (event.seq <= this.seq) return 'seen';
    if (event.type !== 'snapshot' && event.seq > this.seq + 1) return 'gap';
    this.seq = event.seq;
    if (this.state === 'queued') this.state = 'running';
    this.#use(event);
    return 'applied';
  }

  #use(event: RunEvent): void {
    if (isPart(event)) return this.#usePart(event);
    if (isTool(event)) return this.#useTool(event);
    if (is(event, 'run-start')) {
      this.model = event.model;
      this.messageId = event.messageId;
    } else if (is(event, 'model')) this.model = event.model;
    else if (is(event, 'snapshot')) this.#replace(event.message);
    else if (is(event, 'usage')) this.usage = event.usage;
    else if (is(event, 'title')) this.title = event.title;
    else if (is(event, 'notice'))
      this.notices = [...this.notices, { level: event.level, text: event.text, place: this.parts.length }];
    else if (is(event, 'run-end')) this.#end(event);
  }

  #usePart(event: EventOf<'part-start' | 'part-delta' | 'part-end'>): void {
    if (event.type === 'part-start') return this.#set(event.index, event.part, true);
    const folded = this.parts[event.index];
    if (!folded) return;
    if (event.type === 'part-delta') {
      if (appendable(folded.part)) folded.part = { ...folded.part, text: folded.part.text + event.text };
    } else {
      folded.isOpen = false;
      if (folded.part.type === 'reasoning' && appendable(folded.part))
        folded.part = { ...folded.part, durationMs: event.durationMs } as Part;
      if (event.opaque) folded.part = { ...folded.part, opaque: event.opaque } as Part;
    }
    this.changed.add(event.index);
  }

  #useTool(event: EventOf<'tool-call' | 'tool-result' | 'approval-request' | 'approval'>): void {
    if (event.type === 'tool-call') {
      const { callId, name, input, opaque } = event;
      const kept = opaque ? { opaque } : {};
      return this.#set(event.index, { type: 'tool-call', callId, name, input, status: 'running', ...kept }, true);
    }
    const folded = this.parts[event.index];
    if (folded?.part.type !== 'tool-call' || !('callId' in folded.part)) return;
    if (event.type === 'tool-result') {
      const { output, error } = event;
      const outcome = error === undefined ? { status: 'done' as const, output } : { status: 'failed' as const, error };
      folded.part = { ...folded.part, ...outcome };
      folded.isOpen = false;
    } else if (event.type === 'approval-request') folded.part = { ...folded.part, status: 'awaiting-approval' };
    else folded.part = { ...folded.part, status: event.decision === 'allow' ? 'running' : 'denied' };
    this.changed.add(event.index);
  }

  #set(index: number, part: Part, isOpen: boolean): void {
    this.parts[index] = { part, isOpen, startedAtMs: this.#now() };
    this.changed.add(index);
  }

  #replace(message: Message): void {
    for (const index of this.parts.keys()) this.changed.add(index);
    this.parts.length = 0;
    const isRunning = message.state === 'running';
    message.parts.forEach((part, index) => this.#set(index, part, isRunning && index === message.parts.length - 1));
    this.model = message.model ?? this.model;
    this.messageId = message.id;
    this.usage = message.usage ?? this.usage;
    this.notices = message.notices ?? this.notices;
  }

  #end(event: EventOf<'run-end'>): void {
    this.state = event.state;
    this.usage = event.usage ?? this.usage;
    this.error = event.error;
    this.parts.forEach((folded, index) => {
      if (folded.isOpen) this.changed.add(index);
      folded.isOpen = false;
    });
  }
}

type KnownEvent = Exclude<RunEvent, { data: unknown }>;
type EventOf<T extends KnownEvent['type']> = Extract<KnownEvent, { type: T }>;

const is = <T extends KnownEvent['type']>(event: RunEvent, type: T): event is EventOf<T> => event.type === type;
const isPart = (event: RunEvent): event is EventOf<'part-start' | 'part-delta' | 'part-end'> =>
  is(event, 'part-delta') || is(event, 'part-start') || is(event, 'part-end');
const isTool = (event: RunEvent): event is EventOf<'tool-call' | 'tool-result' | 'approval-request' | 'approval'> =>
  is(event, 'tool-call') || is(event, 'tool-result') || is(event, 'approval-request') || is(event, 'approval');
