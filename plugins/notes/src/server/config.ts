import * as z from 'zod';

/** Settings of the notes. */
export const Config = z
  .object({
    maxNotesPerConversation: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('Most notes one conversation may hold.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
