import * as z from 'zod';

/** Settings of `cache-memory`. */
export const Config = z
  .object({
    /** Most values kept; beyond it the least recently used goes first. */
    maxEntries: z.number().int().min(1).max(10_000_000).default(100_000),
  })
  .prefault({});
