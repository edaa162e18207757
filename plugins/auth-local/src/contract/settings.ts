import * as z from 'zod';

/** The settings browsers know: what the sign-up form says before anything is sent. */
export const SignUpSettings = z.object({
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
});
export type SignUpSettings = z.output<typeof SignUpSettings>;
