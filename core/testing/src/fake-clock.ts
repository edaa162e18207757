import type { Clock } from '@parley/kernel';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves it on. Units: milliseconds. */
  advance(byMs: number): void;
}

/** A clock for `startTestHost({ clock })`; without a start it is noon UTC of 1 January 2026. */
export function createFakeClock(startMs: number = Date.UTC(2026, 0, 1, 12)): FakeClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (byMs) => {
      nowMs += byMs;
    },
  };
}

/** Whether a test moves this clock itself. */
export const isFakeClock = (clock: Clock | undefined): clock is FakeClock =>
  clock !== undefined && 'advance' in clock && typeof clock.advance === 'function';
