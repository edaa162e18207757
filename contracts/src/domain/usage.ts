import * as z from 'zod';

/** What one answer used. Units: tokens; cost in US dollars. */
export const Usage = z.object({
  inputTokens: z.number().int().min(0),
  outputTokens: z.number().int().min(0),
  /** Part of `inputTokens` that came from a provider's cache. */
  cachedInputTokens: z.number().int().min(0).optional(),
  /** Part of `inputTokens` that was written to a provider's cache. */
  cacheWriteTokens: z.number().int().min(0).optional(),
  /** Part of `outputTokens` that was reasoning. */
  reasoningTokens: z.number().int().min(0).optional(),
  costUsd: z.number().min(0).optional(),
});
export type Usage = z.output<typeof Usage>;
