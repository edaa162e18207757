import { secret } from '@parley/contracts';
import * as z from 'zod';

/** Settings of one OpenAI-compatible server; use the plugin several times under different ids for several servers. */
export const Config = z.object({
  key: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('openai')
    .describe('First half of the ids of its models: `<key>/<model>`.'),
  title: z.string().min(1).max(80).default('OpenAI').describe('Name for people.'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.openai.com/v1')
    .describe('Address of the server, up to its version.'),
  apiKey: secret().optional().describe('Absent for servers that want none.'),
  models: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('The models to offer; asked from the server without it.'),
  firstByteTimeoutMs: z
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(60_000)
    .describe('Longest wait for the first byte of an answer.'),
  idleTimeoutMs: z
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(60_000)
    .describe('Longest wait between two pieces of an answer.'),
  maxRetries: z.number().int().min(0).max(5).default(2).describe('Repeats of a request that failed before any answer.'),
});
export type Config = z.output<typeof Config>;

/** Parameters a message may carry for these models. */
export const Parameters = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  /** Units: tokens. */
  maxOutputTokens: z.number().int().min(1).optional(),
  reasoningEffort: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
});
export type Parameters = z.output<typeof Parameters>;
