import * as z from 'zod';

/** Settings of the X-ray. */
export const Config = z
  .object({
    keepDays: z.number().min(0.01).max(365).default(7).describe('How long an X-ray is kept, days.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
