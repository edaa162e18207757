/** Live answers: followed outside React, read by run and by part. */
export { RunFold } from './run-fold.ts';
export type { FoldedPart, FoldOutcome, RunPhase } from './run-fold.ts';
export { RunStore } from './run-store.ts';
export type { AttachOptions, RunOutcome, RunPartView, RunStoreOptions, RunView } from './run-store.ts';
export { RunStoreContext, useRun, useRunPart, useRunStore } from './use-run.ts';
