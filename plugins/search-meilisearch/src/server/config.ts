import { secret } from '@parley/contracts';
import * as z from 'zod';

/** Settings of `search-meilisearch`. */
export const Config = z.object({
  host: z.url({ protocol: /^https?$/ }).describe('Address of the server, such as http://meilisearch.internal:7700.'),
  apiKey: secret()
    .optional()
    .describe(
      'Key that may search, and manage documents, settings, tasks and this index; absent for a server without keys.',
    ),
  indexUid: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,200}$/)
    .default('parley')
    .describe('Name of the index; installations that share a server need different ones.'),
  searchTimeoutMs: z.number().int().min(100).max(60_000).default(5_000).describe('Longest time a search may take.'),
  writeTimeoutMs: z
    .number()
    .int()
    .min(1_000)
    .max(600_000)
    .default(120_000)
    .describe('Longest wait until the server has indexed one batch.'),
});
export type Config = z.output<typeof Config>;
