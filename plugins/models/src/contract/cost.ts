import type { ModelPrices, Usage } from '@parley/contracts';

const TOKENS = 1_000_000;

/**
 * What an answer cost, in US dollars; `undefined` without a price for what it used. Cached input and input written to a
 * cache cost what other input does where no price of their own is known. Reasoning is part of the output.
 */
export function costUsd(usage: Usage, prices: ModelPrices): number | undefined {
  const { inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 } = usage;
  const { longInput } = prices;
  const rates = longInput && inputTokens > longInput.aboveTokens ? longInput : prices;
  const { inputUsdPerMillion: input, outputUsdPerMillion: output } = rates;
  if (input === undefined && output === undefined) return undefined;
  if ((input === undefined && inputTokens > 0) || (output === undefined && outputTokens > 0)) return undefined;
  const { cachedInputUsdPerMillion: cached = input, cacheWriteUsdPerMillion: written = input } = rates;
  const plainTokens = Math.max(0, inputTokens - cachedInputTokens - cacheWriteTokens);
  const total =
    plainTokens * (input ?? 0) +
    cachedInputTokens * (cached ?? 0) +
    cacheWriteTokens * (written ?? 0) +
    outputTokens * (output ?? 0);
  return total / TOKENS;
}
