/** What one child may take. Units: as named; every limit has its reason beside it. */
export interface ChildLimits {
  /** Memory for JavaScript, `--max-old-space-size`. */
  readonly heapMiB: number;
  /** All of its memory; above it the child is killed. */
  readonly residentMiB: number;
  /** How long its event loop may stand still. */
  readonly blockedMs: number;
  /** How long its code may load and describe itself, and how long a setup after a crash may take. */
  readonly startMs: number;
  /** How long it may keep a transaction open, since others wait for it. */
  readonly transactionMs: number;
  /** Pause before the first restart; it doubles with each crash, up to a minute. */
  readonly backoffMs: number;
  /** As many crashes within the window end the restarts. */
  readonly maxCrashes: number;
  readonly crashWindowMs: number;
  /** How long a child that described itself waits to be the one that runs. */
  readonly idleMs: number;
  /** How often its pulse and its memory are looked at. */
  readonly watchMs: number;
  /** Log lines and lines of output in ten seconds. */
  readonly maxLogLines: number;
}

/** What suits providers and tools. */
export const CHILD_LIMITS: ChildLimits = {
  heapMiB: 256,
  residentMiB: 512,
  blockedMs: 10_000,
  startMs: 10_000,
  transactionMs: 10_000,
  backoffMs: 1_000,
  maxCrashes: 3,
  crashWindowMs: 600_000,
  idleMs: 10_000,
  watchMs: 1_000,
  maxLogLines: 1_000,
};
