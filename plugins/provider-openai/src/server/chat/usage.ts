import type { Usage } from '@parley/contracts';
import type { CompletionUsage } from 'openai/resources/completions';

/** What an answer used, as OpenAI and compatible servers count it. */
export function toUsage(
  usage: Partial<CompletionUsage> & {
    /** DeepSeek's name for what came from its cache. */
    readonly prompt_cache_hit_tokens?: number;
  },
): Usage {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens;
  const written = usage.prompt_tokens_details?.cache_write_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  return {
    inputTokens: usage.prompt_tokens ?? 0,
    outputTokens: usage.completion_tokens ?? 0,
    ...(cached ? { cachedInputTokens: cached } : {}),
    ...(written ? { cacheWriteTokens: written } : {}),
    ...(reasoning ? { reasoningTokens: reasoning } : {}),
  };
}
