import * as z from 'zod';

/** Settings of the plugin. */
export const Config = z
  .object({
    accessTokenSeconds: z
      .number()
      .int()
      .min(30)
      .max(900)
      .default(900)
      .describe('How long an access token is valid before the browser renews it.'),
    sessionIdleDays: z.number().int().min(1).max(365).default(30).describe('A session nobody used for so long ends.'),
    sessionMaxDays: z.number().int().min(1).max(730).default(180).describe('A session ends after so long in any case.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
