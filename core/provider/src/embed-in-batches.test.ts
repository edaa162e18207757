import { describe, expect, it } from '@jest/globals';
import { embedInBatches } from './embed-in-batches.ts';

const embedding = (asked: (readonly string[])[]) => async (texts: readonly string[]) => {
  asked.push(texts);
  return { vectors: texts.map((text) => Float32Array.of(text.length)), inputTokens: texts.length };
};
const limits = { maxTexts: 3, maxBytes: 10, provider: 'Kit', usdPerMillion: 2 };

describe('embedInBatches', () => {
  it('asks in as few requests as the limits allow, and keeps the order', async () => {
    const asked: (readonly string[])[] = [];
    const { vectors, usage } = await embedInBatches(['a', 'bb', 'ccc', 'dddd', 'e'], embedding(asked), limits);
    expect(asked).toEqual([
      ['a', 'bb', 'ccc'],
      ['dddd', 'e'],
    ]);
    expect(vectors.map(([first]) => first)).toEqual([1, 2, 3, 4, 1]);
    expect(usage).toEqual({ inputTokens: 5, outputTokens: 0, costUsd: 0.000_01 });
  });

  it('counts bytes, not characters, and sends a text that is too large alone', async () => {
    const asked: (readonly string[])[] = [];
    await embedInBatches(['ää', 'äää', 'x', 'y'.repeat(20), 'z'], embedding(asked), limits);
    expect(asked).toEqual([['ää', 'äää'], ['x'], ['y'.repeat(20)], ['z']]);
  });

  it('asks nobody about nothing', async () => {
    const asked: (readonly string[])[] = [];
    expect(await embedInBatches([], embedding(asked), limits)).toEqual({ vectors: [] });
    expect(asked).toEqual([]);
  });

  it('says so when there are vectors missing', async () => {
    const work = embedInBatches(['a', 'b'], async () => ({ vectors: [Float32Array.of(1)] }), limits);
    await expect(work).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });
});
