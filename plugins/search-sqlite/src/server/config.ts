import * as z from 'zod';

/** Settings of `search-sqlite`. */
export const Config = z
  .object({
    file: z.string().min(1).default('search.db').describe('Index file; relative paths start at the data folder.'),
    searchTimeoutMs: z
      .number()
      .int()
      .min(50)
      .max(60_000)
      .default(2_000)
      .describe('A search that takes longer is ended with an error that asks for more or longer words.'),
    busyTimeoutMs: z
      .number()
      .int()
      .min(0)
      .max(60_000)
      .default(5_000)
      .describe('How long a write waits for another process that has the file.'),
  })
  .prefault({});
