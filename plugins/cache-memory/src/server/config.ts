import * as z from 'zod';

/** Settings of `cache-memory`. */
export const Config = z
  .object({
    maxEntries: z
      .number()
      .int()
      .min(1)
      .max(10_000_000)
      .default(100_000)
      .describe('Most values kept; beyond it the least recently used goes first.'),
  })
  .prefault({});
