import type { CallContext, Problem, RunEvent } from '@parley/contracts';
import type { Pin } from '@parley/kernel';
import type { JournalHold } from './journal.ts';
import { toFrames } from './log-encoding.ts';
import type { Frames, LogChunk } from './log-encoding.ts';
import { RunRecorder } from './run-recorder.ts';

/** How a run ended. */
export interface Outcome {
  readonly state: 'completed' | 'failed' | 'stopped' | 'interrupted';
  readonly error?: Problem;
}

/** What a run needs to know from its admission. */
export interface AdmittedRun {
  readonly id: string;
  readonly ownerId: string;
  readonly conversationId: string;
  readonly userMessageId: string;
  readonly messageId: string;
  /** `provider/model`. */
  readonly model: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly builtInTools: readonly string[];
  /** Of the request that started it. */
  readonly call: Pick<CallContext, 'principal' | 'requestId' | 'locale' | 'trace'>;
  readonly pin: Pin;
  /** Where what it says is written until it ends. */
  readonly hold: JournalHold;
}

interface SharedFrames extends Frames {
  readonly firstSeq: number;
}

/** Frames kept for readers that are a little behind; for who is further behind they are made again. */
const MAX_SHARED_LENGTH = 64 * 1_024;

/** One run of this process while it is not final: what was said, what of it is durable, and how to stop it. */
export class LiveRun {
  readonly admitted: AdmittedRun;
  readonly recorder: RunRecorder;
  /** For hooks and providers: the caller of the request, but with the run's own end. */
  readonly call: CallContext;
  /** The model that is asked now, `provider/model`; the one that was picked until somebody names another. */
  model: string;
  /** Readers see nothing beyond it. */
  durableSeq: number;
  isEnded = false;
  /** Resolves once the run is final and saved, here or by another process. */
  readonly ended: Promise<void>;
  /** Resolves when somebody other than the model ends the run. */
  readonly stopped: Promise<Outcome>;
  readonly #stopping = new AbortController();
  readonly #resolveEnded: () => void;
  readonly #resolveStopped: (outcome: Outcome) => void;
  #shared: SharedFrames[] = [];
  #sharedLength = 0;
  #readers = 0;

  constructor(admitted: AdmittedRun, now: () => number, events: readonly RunEvent[]) {
    this.admitted = admitted;
    this.model = admitted.model;
    const { principal, requestId, locale, trace } = admitted.call;
    this.call = { principal, requestId, locale, signal: this.#stopping.signal, ...(trace ? { trace } : {}) };
    this.recorder = new RunRecorder(now, events);
    this.durableSeq = this.recorder.seq;
    const ended = Promise.withResolvers<void>();
    this.ended = ended.promise;
    this.#resolveEnded = ended.resolve;
    const stopped = Promise.withResolvers<Outcome>();
    this.stopped = stopped.promise;
    this.#resolveStopped = stopped.resolve;
  }

  get id(): string {
    return this.admitted.id;
  }

  /** Aborts when the run must not go on. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Ends the run from outside; the first outcome counts. */
  stop(outcome: Outcome): void {
    this.#resolveStopped(outcome);
    this.#stopping.abort(new DOMException(`The run was ${outcome.state}`, 'AbortError'));
  }

  /** The run is over: what it said is in the sealed log. */
  markEnded(): void {
    this.isEnded = true;
    this.recorder.memory.clear();
    this.#resolveEnded();
  }

  /** A chunk is durable: readers may have it. Its frames are made once, and only when somebody reads along. */
  commit(chunk: LogChunk): void {
    this.durableSeq = chunk.lastSeq;
    if (this.#readers === 0) return;
    const { firstSeq } = chunk;
    const made = toFrames([chunk], firstSeq - 1);
    if (!made) return;
    this.#shared.push({ firstSeq, ...made });
    this.#sharedLength += made.frames.length;
    while (this.#sharedLength > MAX_SHARED_LENGTH && this.#shared.length > 1)
      this.#sharedLength -= this.#shared.shift()?.frames.length ?? 0;
  }

  /** Everything durable that follows `after`, at most a stretch of it. */
  read(after: number): Frames | undefined {
    if (after >= this.durableSeq) return undefined;
    return this.framesAfter(after) ?? this.recorder.memory.framesAfter(after, this.durableSeq);
  }

  /** What follows `after`, when its frames are made already. */
  framesAfter(after: number): Frames | undefined {
    const last = this.#shared.at(-1);
    if (!last || after >= last.lastSeq) return undefined;
    const start = this.#shared.findLastIndex((shared) => shared.firstSeq === after + 1);
    if (start === -1) return undefined;
    if (start === this.#shared.length - 1) return last;
    const frames = this.#shared.slice(start).map((shared) => shared.frames);
    return { frames: frames.join(''), lastSeq: last.lastSeq, isEnd: last.isEnd };
  }

  /** Counts a reader; returns its undo. */
  addReader(): () => void {
    this.#readers += 1;
    return () => {
      this.#readers -= 1;
      if (this.#readers > 0) return;
      this.#shared = [];
      this.#sharedLength = 0;
    };
  }
}
