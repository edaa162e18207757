import * as z from 'zod';

/** One line of an answer, as the service sends it. */
export const Piece = z.object({
  thought: z.string().optional(),
  text: z.string().optional(),
  /** On the last line. Units: tokens. */
  done: z.object({ reason: z.enum(['stop', 'length']), read: z.number(), written: z.number() }).optional(),
});
export type Piece = z.output<typeof Piece>;
