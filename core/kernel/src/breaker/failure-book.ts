import { Breaker } from './breaker.ts';
import type { BreakerDeps, BreakerPoint, BreakerState } from './breaker.ts';

/** A breaker in the graph. Units: `sinceMs` is the age of its state in milliseconds. */
export interface BreakerNode {
  readonly hook?: string;
  readonly capability?: string;
  /** Which of the plugin's implementations, when the capability has keys. */
  readonly key?: string;
  readonly state: BreakerState;
  readonly trips: number;
  readonly reason?: string;
  readonly sinceMs: number;
}

/** Where one generation of a plugin has failed: its breakers, made when they are first needed. */
export class FailureBook {
  readonly #breakers = new Map<string, Breaker>();
  readonly #deps: Omit<BreakerDeps, 'point'>;

  constructor(deps: Omit<BreakerDeps, 'point'>) {
    this.#deps = deps;
  }

  /** The breaker of a point, always the same one. */
  breaker(point: BreakerPoint): Breaker {
    const name = JSON.stringify([point.hook, point.capability, point.key]);
    const known = this.#breakers.get(name);
    if (known !== undefined) return known;
    const created = new Breaker({ ...this.#deps, point });
    this.#breakers.set(name, created);
    return created;
  }

  /** Why the plugin is not well, one reason for each breaker that is not closed. */
  reasons(): readonly string[] {
    return [...this.#breakers.values()].filter(({ state }) => state !== 'closed').flatMap(({ reason }) => reason ?? []);
  }

  /** Breakers that have opened at least once. */
  nodes(): readonly BreakerNode[] {
    const nowMs = this.#deps.now();
    return [...this.#breakers.values()]
      .filter(({ trips }) => trips > 0)
      .map(({ point: { pluginId: _pluginId, ...place }, state, trips, reason, sinceMs }) => ({
        ...place,
        state,
        trips,
        ...(reason === undefined ? {} : { reason }),
        sinceMs: nowMs - sinceMs,
      }));
  }
}
