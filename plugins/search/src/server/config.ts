import * as z from 'zod';

/** Settings of `search`. */
export const Config = z
  .object({
    delayMs: z
      .number()
      .int()
      .min(0)
      .max(60_000)
      .default(300)
      .describe('How long after a write the index looks at it; writes in between are looked at together.'),
    lookSeconds: z
      .number()
      .int()
      .min(1)
      .max(3_600)
      .default(30)
      .describe('Time between two looks for what other nodes have written.'),
    batchSize: z.number().int().min(10).max(500).default(200).describe('Records that go to the index at once.'),
  })
  .prefault({});
