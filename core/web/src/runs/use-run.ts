import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { RunStore } from './run-store.ts';
import type { RunPartView, RunView } from './run-store.ts';

/** Holds the tab's store; a test may provide its own. */
export const RunStoreContext = createContext(new RunStore());

/** The store of this tab's live answers. */
export const useRunStore = (): RunStore => useContext(RunStoreContext);

const nothing = () => () => undefined;

/** A live run: phase, state, number of parts. Shape: `undefined` without a run id and once the run is freed. */
export function useRun(runId: string | undefined): RunView | undefined {
  const store = useRunStore();
  const subscribe = useCallback(
    (listener: () => void) => (runId === undefined ? nothing() : store.subscribe(runId, listener)),
    [store, runId],
  );
  return useSyncExternalStore(subscribe, () => (runId === undefined ? undefined : store.getRun(runId)));
}

/** One part of a live run with the text so far; changes at most once per frame. */
export function useRunPart(runId: string | undefined, index: number): RunPartView | undefined {
  const store = useRunStore();
  const subscribe = useCallback(
    (listener: () => void) => (runId === undefined ? nothing() : store.subscribePart(runId, index, listener)),
    [store, runId, index],
  );
  return useSyncExternalStore(subscribe, () => (runId === undefined ? undefined : store.getPart(runId, index)));
}
