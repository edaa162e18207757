import type { Change } from '@parley/contracts';

/**
 * Makes changes of the composition, live where a server runs on the data folder. Resolves with what came of it, in
 * words for the closing line.
 */
export type ApplyChanges = (changes: readonly Change[]) => Promise<string>;
