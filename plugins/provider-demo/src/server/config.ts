import * as z from 'zod';

/** Settings of the demo models. */
export const Config = z
  .object({
    pieceDelayMs: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(18)
      .describe('Pause between two pieces of an answer, milliseconds; 0 streams as fast as it is read.'),
    firstPieceDelayMs: z
      .number()
      .int()
      .min(0)
      .max(60_000)
      .default(250)
      .describe('Pause before the first piece, milliseconds.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
