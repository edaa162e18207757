import { secret } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import * as z from 'zod';

/** Settings of one Anthropic account; use the plugin several times under different ids for several accounts. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('anthropic')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('Anthropic').describe('Name for people.'),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .default('https://api.anthropic.com')
      .describe('Address of the server, without the version.'),
    apiKey: secret().optional().describe('Without it, people and administrators give keys in the page.'),
    models: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The models to offer; asked from the server without it.'),
    maxOutputTokens: z
      .number()
      .int()
      .min(1)
      .default(8_192)
      .describe('Longest answer where neither the message nor the server says more, tokens.'),
    promptCache: z
      .enum(['off', '5m', '1h'])
      .default('5m')
      .describe('How long the server keeps the beginning of a conversation, so that it costs less the next time.'),
    ...limitSettings,
  })
  .prefault({});
export type Config = z.output<typeof Config>;

/** What a person or the operator fills in. */
export const CredentialFields = z.object({ apiKey: secret().describe('API key') });

/** Parameters a message may carry for these models. */
export const Parameters = z.strictObject({
  maxOutputTokens: z.number().int().min(1).optional().describe('Longest answer, thoughts included. Unit: tokens.'),
  temperature: z.number().min(0).max(1).optional().describe('How much chance there is in the choice of words.'),
  topP: z.number().min(0).max(1).optional().describe('Only words that together are as likely as this.'),
  thinking: z.enum(['off', 'adaptive']).optional().describe('Whether the model decides itself how long it thinks.'),
  thinkingTokens: z.number().int().min(1_024).optional().describe('How much the model may think. Unit: tokens.'),
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional().describe('How thorough the answer is to be.'),
});
export type Parameters = z.output<typeof Parameters>;
