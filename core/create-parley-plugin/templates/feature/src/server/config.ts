import * as z from 'zod';

/** Settings. */
export const Config = z
  .object({
    /** Most entries one conversation may hold. */
    maxEntriesPerConversation: z.number().int().min(1).max(10_000).default(200),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
