import type { ModelEvent, Usage } from '@parley/contracts';
import type { Response as ModelResponse, ResponseUsage } from 'openai/resources/responses/responses';

type Reason = Extract<ModelEvent, { type: 'finish' }>['reason'];

/** What an answer used. */
export function toUsage(usage: ResponseUsage): Usage {
  // Compatible servers leave out the details.
  const input: Partial<ResponseUsage['input_tokens_details']> = usage.input_tokens_details ?? {};
  const output: Partial<ResponseUsage['output_tokens_details']> = usage.output_tokens_details ?? {};
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    ...(input.cached_tokens ? { cachedInputTokens: input.cached_tokens } : {}),
    ...(input.cache_write_tokens ? { cacheWriteTokens: input.cache_write_tokens } : {}),
    ...(output.reasoning_tokens ? { reasoningTokens: output.reasoning_tokens } : {}),
  };
}

/** Why an answer ended. */
export function reasonOf(
  { incomplete_details: incomplete }: Pick<ModelResponse, 'incomplete_details'>,
  { hasCalls, isRefusal }: { readonly hasCalls: boolean; readonly isRefusal: boolean },
): Reason {
  if (incomplete?.reason === 'content_filter' || isRefusal) return 'content-filter';
  if (incomplete?.reason) return 'length';
  return hasCalls ? 'tool-calls' : 'stop';
}
