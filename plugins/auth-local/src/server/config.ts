import * as z from 'zod';

/** Settings of the plugin. */
export const Config = z
  .object({
    signUp: z
      .enum(['open', 'closed'])
      .default('open')
      .describe('Whether anybody may make an account; the setup address works in both cases.')
      .meta({ visibility: 'client' }),
    minPasswordLength: z
      .number()
      .int()
      .min(8)
      .max(128)
      .default(12)
      .describe('Shortest password, characters.')
      .meta({ visibility: 'client' }),
    triesPerAccount: z.number().int().min(1).default(10).describe('Tries within one window for one account.'),
    triesPerAddress: z.number().int().min(1).default(100).describe('Tries within one window from one IP address.'),
    tryWindowSeconds: z.number().int().min(1).default(900).describe('How long tries are counted.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
