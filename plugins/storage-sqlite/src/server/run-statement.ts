import type { Reach } from './query-plans.ts';
import type { SqlValue } from './sql-values.ts';

/** Runs one statement, here or on another thread. */
export type RunStatement = (
  sql: string,
  values: readonly SqlValue[],
  reach: Reach,
) => readonly SqlValue[][] | Promise<readonly SqlValue[][]>;
