import * as z from 'zod';

/** Settings of `storage-sqlite`. */
export const Config = z
  .object({
    file: z.string().min(1).default('parley.db').describe('Database file; relative paths start at the data folder.'),
    busyTimeoutMs: z
      .number()
      .int()
      .min(0)
      .max(60_000)
      .default(5_000)
      .describe('How long a write waits while another process keeps the database locked; reading goes on meanwhile.'),
    transactionTimeoutMs: z
      .number()
      .int()
      .min(100)
      .max(600_000)
      .default(10_000)
      .describe('A transaction that takes longer is rolled back, so that the others can write.'),
    sweepSeconds: z
      .number()
      .int()
      .min(1)
      .max(86_400)
      .default(60)
      .describe('Time between two removals of records whose time to live has passed.'),
  })
  .prefault({});
