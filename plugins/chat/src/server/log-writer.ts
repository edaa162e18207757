import { isAppError } from '@parley/contracts';
import type { Durability } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import type { LiveRun } from './live-run.ts';
import type { NewLogRow, RunLog } from './run-log.ts';
import type { Batch } from './run-recorder.ts';

interface Entry {
  readonly run: LiveRun;
  readonly batch: Batch;
  readonly row: NewLogRow;
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

/** A writer over the stored log. `onCommit` is told which runs have news; `onLost` which run another process has taken. */
export function createLogWriter(deps: {
  readonly runLog: Pick<RunLog, 'append' | 'holds' | 'toRow'>;
  readonly log: Pick<Logger, 'error' | 'warn'>;
  readonly signal: AbortSignal;
  readonly onCommit: (runs: readonly LiveRun[]) => void;
  readonly onLost: (run: LiveRun) => void;
}): LogWriter {
  const { runLog, log, signal, onCommit, onLost } = deps;
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

  const retrying = async <T>(runs: number, work: () => Promise<T>): Promise<T | undefined> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) return undefined;
        log.error('The log of running answers could not be written; trying again', { error, runs });
        await pause(RETRY_MS);
      }
    }
  };

  const appendOne = async (entry: Entry, wanted: Durability): Promise<readonly Entry[]> => {
    try {
      await runLog.append([entry.row], wanted);
      return [entry];
    } catch (error) {
      if (!isAppError(error, 'STORAGE_DUPLICATE')) throw error;
      if (await runLog.holds(entry.row)) return [entry];
      onLost(entry.run);
      return [];
    }
  };

  // A commit fails as a whole, so the rows are tried one by one to find the run that is not ours any more.
  const appendAll = async (entries: readonly Entry[], wanted: Durability): Promise<readonly Entry[]> => {
    const isWritten = await retrying(entries.length, async () => {
      try {
        await runLog.append(
          entries.map((entry) => entry.row),
          wanted,
        );
        return true;
      } catch (error) {
        if (isAppError(error, 'STORAGE_DUPLICATE')) return false;
        throw error;
      }
    });
    if (isWritten !== false) return isWritten ? entries : [];
    const done: Entry[] = [];
    for (const entry of entries) done.push(...((await retrying(1, () => appendOne(entry, wanted))) ?? []));
    return done;
  };

  const commit = async (): Promise<void> => {
    const entries: Entry[] = [];
    for (const run of marked) {
      const batch = run.recorder.take();
      if (batch)
        entries.push({ run, batch, row: runLog.toRow({ runId: run.id, ownerId: run.admitted.ownerId }, batch) });
    }
    marked.clear();
    if (entries.length === 0) return;
    const done = await appendAll(entries, durability());
    for (const { run, batch } of done) run.commit(batch);
    onCommit(done.map((entry) => entry.run));
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
