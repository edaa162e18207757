import type { MessageDeltaUsage } from '@anthropic-ai/sdk/resources/messages';
import type { Usage } from '@parley/contracts';

// The last event repeats only some of the counts of the first, and leaves others empty.
const withoutNull = (counts: object): Partial<MessageDeltaUsage> =>
  Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== null));

type Sum = Record<
  'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens',
  number
>;

/** What an answer has used, over all the requests it took. */
export class UsageCount {
  #before: Sum = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  #counts: Partial<MessageDeltaUsage> = {};

  add(counts: object | undefined): void {
    this.#counts = { ...this.#counts, ...withoutNull(counts ?? {}) };
  }

  /** Another request begins. */
  next(): void {
    this.#before = this.#sum();
    this.#counts = {};
  }

  #sum(): Sum {
    const { input_tokens = 0, output_tokens = 0, output_tokens_details: details } = this.#counts;
    const cached = this.#counts.cache_read_input_tokens ?? 0;
    const written = this.#counts.cache_creation_input_tokens ?? 0;
    const before = this.#before;
    return {
      // The API counts what comes from the cache and goes into it apart from the rest.
      inputTokens: before.inputTokens + (input_tokens ?? 0) + cached + written,
      outputTokens: before.outputTokens + output_tokens,
      cachedInputTokens: before.cachedInputTokens + cached,
      cacheWriteTokens: before.cacheWriteTokens + written,
      reasoningTokens: before.reasoningTokens + (details?.thinking_tokens ?? 0),
    };
  }

  /** Shape: counts that are zero are left out, tokens in and out are not. */
  get total(): Usage {
    const { inputTokens, outputTokens, ...rest } = this.#sum();
    const given = Object.entries(rest).filter(([, count]) => count > 0);
    return { inputTokens, outputTokens, ...Object.fromEntries(given) };
  }
}
