import type { Durability } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { encodeEntry } from './journal-encoding.ts';
import type { Journal } from './journal.ts';
import type { LiveRun } from './live-run.ts';
import type { LogChunk } from './log-encoding.ts';

interface Entry {
  readonly run: LiveRun;
  readonly chunk: LogChunk;
}

/** Makes what runs say durable: one commit in flight for all runs, the next batch forms meanwhile. */
export interface LogWriter {
  /** The run has something to write. Behind a barrier the commit also survives a loss of power. */
  mark(run: LiveRun, options?: { readonly isBarrier: boolean }): void;
  /** Takes the run out of coming commits and waits for one it is part of; what it says from then on is not written here. */
  release(run: LiveRun): Promise<void>;
  /** Resolves when a run with too much unwritten text may go on. */
  roomFor(run: LiveRun): Promise<void>;
}

const FULL_EVERY_MS = 1_000;
/** At most one commit in this time, unless something is urgent. */
const GATHER_MS = 5;
const RETRY_MS = 250;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/** A writer over the journal. `onCommit` is told which runs have news; `onLost` which run another process has taken. */
export function createLogWriter(deps: {
  readonly journal: Pick<Journal, 'id' | 'append'>;
  readonly log: Pick<Logger, 'error' | 'warn'>;
  readonly signal: AbortSignal;
  readonly onCommit: (runs: readonly LiveRun[]) => void;
  readonly onLost: (run: LiveRun) => void;
}): LogWriter {
  const { journal, log, signal, onCommit, onLost } = deps;
  const marked = new Set<LiveRun>();
  let hasBarrier = false;
  let isScheduled = false;
  let inFlight: Promise<void> | undefined;
  let lastFullMs = 0;
  let lastCommitMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const durability = (): Durability => {
    const nowMs = performance.now();
    if (!hasBarrier && nowMs - lastFullMs < FULL_EVERY_MS) return 'relaxed';
    hasBarrier = false;
    lastFullMs = nowMs;
    return 'full';
  };

  const append = async (entries: string, runs: number): Promise<boolean> => {
    const wanted = durability();
    for (;;) {
      try {
        return await journal.append(entries, wanted);
      } catch (error) {
        if (signal.aborted) throw error;
        log.error('The log of running answers could not be written; trying again', { error, runs });
        await pause(RETRY_MS);
      }
    }
  };

  const commit = async (): Promise<void> => {
    const done: Entry[] = [];
    let entries = '';
    for (const run of marked) {
      if (run.admitted.hold.journalId !== journal.id) {
        onLost(run);
        continue;
      }
      const chunk = run.recorder.take();
      if (!chunk) continue;
      done.push({ run, chunk });
      entries += encodeEntry(run.id, chunk);
    }
    marked.clear();
    if (done.length === 0) return;
    if (await append(entries, done.length)) {
      for (const { run, chunk } of done) run.commit(chunk);
      onCommit(done.map(({ run }) => run));
    } else {
      for (const { run } of done) onLost(run);
    }
  };

  const begin = (): void => {
    timer = undefined;
    isScheduled = false;
    lastCommitMs = performance.now();
    inFlight = commit()
      .catch((error: unknown) => log.error('A commit of the log failed', { error }))
      .finally(() => {
        inFlight = undefined;
        if (marked.size > 0) schedule();
      });
  };

  // A commit costs nearly the same for one run as for fifty: while many speak, they share one every few milliseconds;
  // the first after a pause begins as soon as this turn's input is in.
  const schedule = (): void => {
    if (isScheduled || inFlight) return;
    isScheduled = true;
    const waitMs = lastCommitMs + GATHER_MS - performance.now();
    if (waitMs > 0) timer = setTimeout(begin, waitMs);
    else setImmediate(begin);
  };
  const hurry = (): void => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    setImmediate(begin);
  };

  return {
    mark(run, options) {
      marked.add(run);
      schedule();
      if (!options?.isBarrier) return;
      hasBarrier = true;
      hurry();
    },
    async release(run) {
      marked.delete(run);
      await inFlight;
    },
    async roomFor(run) {
      while (marked.has(run)) {
        hurry();
        await (inFlight ?? new Promise((resolve) => setImmediate(resolve)));
      }
    },
  };
}
