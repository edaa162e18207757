import type { StorageStatistics } from '@parley/contracts';

/** How many records a database holds. */
export const countRecords = ({ collections }: StorageStatistics): number =>
  collections.reduce((sum, { count }) => sum + count, 0);
