import { isFinal } from '@parley/contracts';
import type { Notice, Part, Problem, RunEvent, RunState, Usage } from '@parley/contracts';
import type { OpenStream, ResumeOptions } from '../client/resume-stream.ts';
import { followRun } from './follow-run.ts';
import { scheduleFrame } from './frame-scheduler.ts';
import type { Schedule } from './frame-scheduler.ts';
import { RunFold } from './run-fold.ts';
import type { RunPhase } from './run-fold.ts';
import { waitOnline } from './wait-online.ts';

/** One part of a live answer; a new object with each change. */
export interface RunPartView {
  readonly part: Part;
  /** Whether it still grows. */
  readonly isOpen: boolean;
  /** When it began, milliseconds since the epoch, by the clock of this tab. */
  readonly startedAtMs: number;
}

/** A live answer without its parts; a new object when any of it changes, which growing text does not. */
export interface RunView {
  readonly runId: string;
  readonly phase: RunPhase;
  readonly state: RunState;
  /** `waiting` while the connection is lost. */
  readonly connection: 'connecting' | 'open' | 'waiting';
  readonly partCount: number;
  readonly model?: string | undefined;
  readonly messageId?: string | undefined;
  readonly usage?: Usage | undefined;
  readonly error?: Problem | undefined;
  readonly title?: string | undefined;
  /** A new list with each notice. */
  readonly notices: readonly Notice[];
}

/** How following a run ended: with its last event, or without one because the log is gone or can not be had. */
export type RunOutcome =
  | { readonly kind: 'final'; readonly run: RunView; readonly parts: readonly Part[] }
  | { readonly kind: 'lost'; readonly run: RunView; readonly error?: unknown };

/** What `attach` needs. */
export interface AttachOptions {
  /** Opens the run's stream. */
  readonly open: OpenStream<RunEvent>;
  /**
   * Called once, when nothing more will come. The owner puts the final message where messages live, then releases;
   * until then the run stays readable here, so that nothing flickers.
   */
  readonly onOutcome?: (outcome: RunOutcome) => void;
}

/** What a store may be given instead of the browser's own. */
export interface RunStoreOptions {
  readonly schedule?: Schedule;
  readonly now?: () => number;
  readonly wait?: ResumeOptions<RunEvent>['wait'];
}

interface Entry {
  readonly fold: RunFold;
  readonly abort: AbortController;
  readonly outcomes: Set<(outcome: RunOutcome) => void>;
  connection: RunView['connection'];
  view: RunView;
  readonly parts: RunPartView[];
  outcome?: RunOutcome;
  holders: number;
}

type Listener = () => void;

/**
 * The live answers of one tab, outside React: text is folded as it arrives and readers are told once per frame.
 * Shape: entries live as long as somebody holds them; listeners may come before the run does.
 */
export class RunStore {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #touched = new Set<string>();
  readonly #schedule: Schedule;
  readonly #now: () => number;
  readonly #wait: NonNullable<RunStoreOptions['wait']>;
  #cancelFlush: (() => void) | undefined;

  constructor({ schedule = scheduleFrame, now = Date.now, wait = waitOnline }: RunStoreOptions = {}) {
    this.#schedule = schedule;
    this.#now = now;
    this.#wait = wait;
  }

  /** Follows a run, once however often it is attached; returns the release, after the last of which it is freed. */
  attach(runId: string, { open, onOutcome }: AttachOptions): () => void {
    const entry = this.#entries.get(runId) ?? this.#begin(runId, open);
    entry.holders += 1;
    if (onOutcome) {
      if (entry.outcome) onOutcome(entry.outcome);
      else entry.outcomes.add(onOutcome);
    }
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (onOutcome) entry.outcomes.delete(onOutcome);
      entry.holders -= 1;
      if (entry.holders === 0) this.#free(runId, entry);
    };
  }

  /** The run as of the last frame. */
  getRun(runId: string): RunView | undefined {
    return this.#entries.get(runId)?.view;
  }

  /** One part as of the last frame. */
  getPart(runId: string, index: number): RunPartView | undefined {
    return this.#entries.get(runId)?.parts[index];
  }

  /** Calls back when `getRun` gives something new; returns its undo. */
  subscribe(runId: string, listener: Listener): () => void {
    return this.#listen(runId, listener);
  }

  /** Calls back when `getPart` gives something new; returns its undo. */
  subscribePart(runId: string, index: number, listener: Listener): () => void {
    return this.#listen(`${runId}/${index}`, listener);
  }

  #begin(runId: string, open: OpenStream<RunEvent>): Entry {
    const fold = new RunFold(this.#now);
    const entry: Entry = {
      fold,
      abort: new AbortController(),
      outcomes: new Set(),
      connection: 'connecting',
      view: toView(runId, fold, 'connecting'),
      parts: [],
      holders: 0,
    };
    this.#entries.set(runId, entry);
    this.#tell(runId);
    void this.#follow(runId, entry, open);
    return entry;
  }

  async #follow(runId: string, entry: Entry, open: OpenStream<RunEvent>): Promise<void> {
    let error: unknown;
    try {
      await followRun({
        open,
        signal: entry.abort.signal,
        fold: entry.fold,
        onChange: () => this.#touch(runId),
        onState: ({ state }) => {
          entry.connection = state === 'open' ? 'open' : state === 'waiting' ? 'waiting' : entry.connection;
          this.#touch(runId);
        },
        wait: this.#wait,
      });
    } catch (caught) {
      error = caught;
    }
    if (entry.abort.signal.aborted) return;
    this.#flush();
    const parts = entry.fold.parts.flatMap(({ part }) => [part]);
    entry.outcome = isFinal(entry.fold.state)
      ? { kind: 'final', run: entry.view, parts }
      : { kind: 'lost', run: entry.view, error };
    for (const onOutcome of entry.outcomes) onOutcome(entry.outcome);
  }

  #free(runId: string, entry: Entry): void {
    entry.abort.abort();
    this.#entries.delete(runId);
    this.#touched.delete(runId);
    this.#tell(runId);
    for (const index of entry.parts.keys()) this.#tell(`${runId}/${index}`);
  }

  #listen(key: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }

  #touch(runId: string): void {
    this.#touched.add(runId);
    this.#cancelFlush ??= this.#schedule(() => this.#flush());
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const runId of touched) {
      const entry = this.#entries.get(runId);
      if (entry) this.#publish(runId, entry);
    }
  }

  #publish(runId: string, entry: Entry): void {
    const { fold, parts } = entry;
    const changed = [...fold.changed];
    fold.changed.clear();
    parts.length = Math.min(parts.length, fold.parts.length);
    for (const index of changed) {
      const folded = fold.parts[index];
      if (folded) parts[index] = { ...folded };
    }
    const view = toView(runId, fold, entry.connection);
    const isNew = !isSame(view, entry.view);
    if (isNew) entry.view = view;
    for (const index of changed) this.#tell(`${runId}/${index}`);
    if (isNew) this.#tell(runId);
  }

  #tell(key: string): void {
    for (const listener of this.#listeners.get(key) ?? []) listener();
  }
}

const toView = (runId: string, fold: RunFold, connection: RunView['connection']): RunView => ({
  runId,
  phase: fold.phase,
  state: fold.state,
  connection,
  partCount: fold.parts.length,
  model: fold.model,
  messageId: fold.messageId,
  usage: fold.usage,
  error: fold.error,
  title: fold.title,
  notices: fold.notices,
});

const isSame = (one: RunView, other: RunView): boolean =>
  (Object.keys(one) as (keyof RunView)[]).every((key) => one[key] === other[key]);
