import { secret } from '@parley/contracts';
import * as z from 'zod';

/** Settings of `cache-redis`. */
export const Config = z.object({
  url: secret().describe('Address of the server: `redis://user:password@host:6379/0`, or `rediss://` for TLS.'),
  keyPrefix: z
    .string()
    .min(1)
    .max(100)
    .default('parley:')
    .describe('Before every key and channel, so that several installations can share one server.'),
  commandTimeoutMs: z
    .number()
    .int()
    .min(50)
    .max(10_000)
    .default(500)
    .describe('Longest wait for one answer; after it the node goes on alone until the server answers again.'),
  maxEntries: z
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .default(100_000)
    .describe('Most values kept in memory while the server is away.'),
});
export type Config = z.output<typeof Config>;
