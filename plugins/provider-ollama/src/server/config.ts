import { secret } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import type { ModelInfo } from '@parley/contracts';
import * as z from 'zod';

/** Settings of one Ollama server; use the plugin several times under different ids for several servers. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('ollama')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('Ollama').describe('Name for people.'),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .default('http://127.0.0.1:11434')
      .describe('Address of the server.'),
    apiKey: secret().optional().describe('For servers behind a proxy that wants one.'),
    keepAlive: z
      .string()
      .regex(/^(-1|\d+[smh]?)$/)
      .optional()
      .describe('How long the server keeps a model loaded after an answer: `5m`, `1h`, `0`, or `-1` for ever.'),
    contextTokens: z
      .number()
      .int()
      .min(256)
      .optional()
      .describe(
        'How much models read at once where the message does not say, tokens; the server has a limit of its own.',
      ),
    ...limitSettings,
  })
  .prefault({});
export type Config = z.output<typeof Config>;

/** Parameters a message may carry for these models. */
export const Parameters = z.strictObject({
  temperature: z.number().min(0).max(2).optional().describe('How much chance there is in the choice of words.'),
  topP: z.number().min(0).max(1).optional().describe('Only words that together are as likely as this.'),
  topK: z.number().int().min(1).optional().describe('Only that many of the likeliest words.'),
  maxOutputTokens: z.number().int().min(1).optional().describe('Longest answer. Unit: tokens.'),
  contextTokens: z.number().int().min(256).optional().describe('How much the model reads at once. Unit: tokens.'),
  seed: z.number().int().optional().describe('The same number gives the same answer.'),
  thinking: z
    .enum(['off', 'on', 'low', 'medium', 'high'])
    .optional()
    .describe('Whether, and how long, the model thinks.'),
});
export type Parameters = z.output<typeof Parameters>;

/** Those of them that one model takes, as far as the server has told. */
export const parametersOf = (abilities: ModelInfo['abilities'] | undefined): z.ZodObject =>
  abilities?.reasoning === false ? Parameters.omit({ thinking: true }) : Parameters;
