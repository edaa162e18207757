import { secret } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import * as z from 'zod';

/** OpenAI's own server, which always wants a key. */
export const OPENAI_URL = 'https://api.openai.com/v1';

/** Settings of one OpenAI-compatible server; use the plugin several times under different ids for several servers. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('openai')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('OpenAI').describe('Name for people.'),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .default(OPENAI_URL)
      .describe('Address of the server, up to its version.'),
    apiKey: secret()
      .optional()
      .describe('Absent for servers that want none; people and administrators may also give keys in the page.'),
    models: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The models to offer; asked from the server without it.'),
    ...limitSettings,
  })
  .prefault({});
export type Config = z.output<typeof Config>;

/** What a person or the operator fills in. */
export const CredentialFields = z.object({ apiKey: secret().describe('API key') });

/** Parameters a message may carry for these models. */
export const Parameters = z.strictObject({
  temperature: z.number().min(0).max(2).optional().describe('How much chance there is in the choice of words.'),
  topP: z.number().min(0).max(1).optional().describe('Only words that together are as likely as this.'),
  maxOutputTokens: z.number().int().min(1).optional().describe('Longest answer. Unit: tokens.'),
  reasoningEffort: z
    .enum(['none', 'minimal', 'low', 'medium', 'high'])
    .optional()
    .describe('How long the model thinks before it answers.'),
});
export type Parameters = z.output<typeof Parameters>;
