import { describe, expect, it } from '@jest/globals';
import { costUsd } from './cost.ts';

const prices = {
  inputUsdPerMillion: 10,
  outputUsdPerMillion: 50,
  cachedInputUsdPerMillion: 1,
  cacheWriteUsdPerMillion: 12.5,
};
const million = 1_000_000;

describe('costUsd', () => {
  it('takes each kind of token once', () => {
    const usage = {
      inputTokens: 10 * million,
      cachedInputTokens: 4 * million,
      cacheWriteTokens: 2 * million,
      outputTokens: 2 * million,
      reasoningTokens: million,
    };
    expect(costUsd(usage, prices)).toBe(4 * 10 + 4 * 1 + 2 * 12.5 + 2 * 50);
  });

  it('is unknown without a price for what was used, never nothing', () => {
    const usage = { inputTokens: 1, outputTokens: 1 };
    for (const known of [{}, { inputUsdPerMillion: 1 }, { outputUsdPerMillion: 1 }, { cachedInputUsdPerMillion: 1 }])
      expect([known, costUsd(usage, known)]).toEqual([known, undefined]);
    expect(costUsd({ inputTokens: 0, outputTokens: 0 }, {})).toBeUndefined();
  });

  it('is nothing where the price is', () => {
    expect(costUsd({ inputTokens: 5, outputTokens: 5 }, { inputUsdPerMillion: 0, outputUsdPerMillion: 0 })).toBe(0);
  });

  it('takes what comes from a cache for other input where it has no price of its own', () => {
    const usage = { inputTokens: million, cachedInputTokens: million, outputTokens: 0 };
    expect(costUsd(usage, { inputUsdPerMillion: 3, outputUsdPerMillion: 9 })).toBe(3);
  });

  it('takes the rates of long input for all of a request that is longer', () => {
    const tiered = { ...prices, longInput: { aboveTokens: million, inputUsdPerMillion: 20, outputUsdPerMillion: 75 } };
    expect(costUsd({ inputTokens: million, outputTokens: million }, tiered)).toBe(60);
    expect(costUsd({ inputTokens: 2 * million, outputTokens: million }, tiered)).toBe(2 * 20 + 75);
    const unknown = { ...prices, longInput: { aboveTokens: million } };
    expect(costUsd({ inputTokens: 2 * million, outputTokens: million }, unknown)).toBeUndefined();
  });

  it('never counts less than nothing when the parts are more than the whole', () => {
    const usage = { inputTokens: 0, cachedInputTokens: million, outputTokens: 0 };
    expect(costUsd(usage, prices)).toBe(1);
  });
});
