import { secret } from '@parley/contracts';
import * as z from 'zod';

/** Settings of one OpenAI-compatible server; use the plugin several times under different ids for several servers. */
export const Config = z.object({
  /** First half of the ids of its models: `<key>/<model>`. */
  key: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('openai'),
  /** Name for people. */
  title: z.string().min(1).max(80).default('OpenAI'),
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://api.openai.com/v1'),
  /** Absent for servers that want none. */
  apiKey: secret().optional(),
  /** The models to offer; asked from the server without it. */
  models: z.array(z.string().min(1)).min(1).optional(),
  /** Longest wait for the first byte of an answer, and between two pieces of it, milliseconds. */
  firstByteTimeoutMs: z.number().int().min(100).max(600_000).default(60_000),
  idleTimeoutMs: z.number().int().min(100).max(600_000).default(60_000),
  /** Repeats of a request that failed before any answer. */
  maxRetries: z.number().int().min(0).max(5).default(2),
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
