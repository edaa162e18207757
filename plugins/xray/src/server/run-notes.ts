import type { Principal, TraceEntry } from '@parley/contracts';
import type { RunTracer } from '@parley/plugin-chat/contract';

/** Steps kept of one answer. */
const MAX_STEPS = 200;
/** Answers noted at once; the oldest make room. */
const MAX_RUNS = 1_000;

/** What was noted of one answer. */
export interface Noted {
  /** Whose answer it is. */
  readonly principal: Principal;
  readonly entries: readonly TraceEntry[];
  readonly isCut: boolean;
}

/** Notes what running answers go through, in memory, until they have ended. */
export interface RunNotes {
  begin(principal: Principal): RunTracer;
  /** What was noted of a run, which is then forgotten. */
  take(runId: string): Noted | undefined;
}

/** No notes yet. */
export function createRunNotes(): RunNotes {
  const runs = new Map<string, Noted>();
  return {
    begin(principal) {
      const entries: TraceEntry[] = [];
      const noted = { principal, entries, isCut: false };
      return {
        trace(entry) {
          if (entries.length < MAX_STEPS) entries.push(entry);
          else noted.isCut = true;
        },
        admitted({ runId }) {
          runs.set(runId, noted);
          const [oldest] = runs.keys();
          if (runs.size > MAX_RUNS && oldest !== undefined) runs.delete(oldest);
        },
      };
    },
    take(runId) {
      const noted = runs.get(runId);
      runs.delete(runId);
      return noted;
    },
  };
}
