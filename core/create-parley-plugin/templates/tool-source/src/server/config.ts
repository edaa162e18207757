import * as z from 'zod';

/** Settings of the tools. */
export const Config = z
  .object({
    /** Longest text to count in. Units: characters. */
    maxCharacters: z.number().int().min(1).max(1_000_000).default(100_000),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
