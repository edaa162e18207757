import * as z from 'zod';

/** Settings of the demo models. */
export const Config = z
  .object({
    /** Pause between two pieces of an answer, milliseconds; 0 streams as fast as it is read. */
    pieceDelayMs: z.number().int().min(0).max(10_000).default(18),
    /** Pause before the first piece, milliseconds. */
    firstPieceDelayMs: z.number().int().min(0).max(60_000).default(250),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
