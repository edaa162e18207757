import * as z from 'zod';

/** Settings of runs. */
export const Config = z
  .object({
    maxRunBytes: z
      .number()
      .int()
      .min(1_024)
      .default(8 * 1_024 * 1_024)
      .describe('Largest log of one run, bytes; beyond it the run fails and keeps what was written.'),
    maxRunEvents: z.number().int().min(10).default(50_000).describe('Most events of one run.'),
    maxRunMs: z
      .number()
      .int()
      .min(100)
      .default(30 * 60_000)
      .describe('Longest time one run may take, milliseconds.'),
    logRetentionHours: z
      .number()
      .min(0)
      .max(8_760)
      .default(24)
      .describe('How long the log of a finished run can be followed, hours; after that its message stands for it.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
