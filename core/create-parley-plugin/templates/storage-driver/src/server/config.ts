import * as z from 'zod';

/** Settings of the driver. */
export const Config = z
  .object({
    /** File of the records; relative paths start at the data folder. */
    file: z.string().min(1).default('sample.jsonl'),
    /** Time between two removals of records whose time to live has passed. */
    sweepSeconds: z.number().int().min(1).max(86_400).default(60),
  })
  .prefault({});
