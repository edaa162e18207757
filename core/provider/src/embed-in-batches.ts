import { modelErrors } from '@parley/contracts';
import type { Embeddings } from '@parley/contracts';

/** What fits into one request. */
export interface BatchLimits {
  readonly maxTexts: number;
  /** Of all texts together, in UTF-8: there are never more tokens than bytes. */
  readonly maxBytes: number;
}

/** What came of one request. */
export interface EmbeddedBatch {
  readonly vectors: readonly Float32Array[];
  readonly inputTokens?: number | undefined;
}

const utf8 = new TextEncoder();

/** Texts in as few requests as the limits allow; one that is too large by itself goes alone. */
function* batchesOf(texts: readonly string[], { maxTexts, maxBytes }: BatchLimits): Generator<readonly string[]> {
  let [batch, bytes]: [string[], number] = [[], 0];
  for (const text of texts) {
    const { length } = utf8.encode(text);
    if (batch.length > 0 && (batch.length === maxTexts || bytes + length > maxBytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(text);
    bytes += length;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Vectors of any number of texts, one request after the other.
 * @throws MODEL_UNAVAILABLE when an answer has another number of vectors, and what `embed` throws
 */
export async function embedInBatches(
  texts: readonly string[],
  embed: (texts: readonly string[]) => Promise<EmbeddedBatch>,
  options: BatchLimits & { readonly provider: string; readonly usdPerMillion?: number | undefined },
): Promise<Embeddings> {
  const { provider, usdPerMillion } = options;
  const vectors: Float32Array[] = [];
  let inputTokens: number | undefined;
  for (const batch of batchesOf(texts, options)) {
    const answer = await embed(batch);
    if (answer.vectors.length !== batch.length) {
      throw modelErrors.UNAVAILABLE({ provider, reason: `${answer.vectors.length} vectors of ${batch.length} texts` });
    }
    vectors.push(...answer.vectors);
    if (answer.inputTokens !== undefined) inputTokens = (inputTokens ?? 0) + answer.inputTokens;
  }
  if (inputTokens === undefined) return { vectors };
  const cost = usdPerMillion === undefined ? {} : { costUsd: (inputTokens * usdPerMillion) / 1_000_000 };
  return { vectors, usage: { inputTokens, outputTokens: 0, ...cost } };
}
