/** When calls of a plugin that fails are no longer made. Units: milliseconds. */
export interface FailurePolicy {
  /** Failures within `windowMs` that open a breaker. */
  readonly failures: number;
  /** Time-outs within `windowMs` that do; each costs its caller the whole limit, so fewer are enough. */
  readonly timeouts: number;
  readonly windowMs: number;
  /** How long an open breaker waits before it lets one call through. */
  readonly probeAfterMs: number;
  /** How often one breaker may open within `tripWindowMs` before its plugin is quarantined. */
  readonly trips: number;
  readonly tripWindowMs: number;
}

/** What holds where the host says nothing. */
export const DEFAULT_FAILURE_POLICY: FailurePolicy = {
  failures: 5,
  timeouts: 3,
  windowMs: 60_000,
  probeAfterMs: 30_000,
  trips: 3,
  tripWindowMs: 3_600_000,
};
