import type { RegisteredTap } from './registered-tap.ts';

/** Counts that a run adds to and takes from, so that what it began with lives as long as it does. */
export type Uses = readonly NonNullable<RegisteredTap['uses']>[];

/** What the plugins of some taps count their runs by. */
export const usesOf = (taps: readonly RegisteredTap[]): Uses => [...new Set(taps.flatMap((tap) => tap.uses ?? []))];

/** A run begins: it goes on with the taps it began with, even while their plugins are being replaced. */
export function hold(uses: Uses): void {
  for (const use of uses) use.add();
}

/** A run is through. */
export function release(uses: Uses): void {
  for (const use of uses) use.remove();
}
