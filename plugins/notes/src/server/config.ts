import * as z from 'zod';

/** Settings of the notes. */
export const Config = z
  .object({
    /** Most notes one conversation may hold. */
    maxNotesPerConversation: z.number().int().min(1).max(10_000).default(500),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
