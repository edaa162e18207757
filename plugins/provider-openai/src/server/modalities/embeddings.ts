import type { EmbeddingModel, EmbeddingProvider } from '@parley/contracts';
import { checkEmbedding, embedInBatches } from '@parley/provider';
import type { CreateEmbeddingResponse } from 'openai/resources/embeddings';
import { createAsker } from './context.ts';
import type { ModalityDeps } from './context.ts';

/** The API's own limits of one request. */
const BATCH = { maxTexts: 2_048, maxBytes: 300_000 };

type Item = { readonly index: number; readonly embedding: readonly number[] | string };

/** Base64 of 32-bit floats, or the numbers themselves from servers that know no base64. */
function toVector({ embedding }: Item): Float32Array {
  if (typeof embedding !== 'string') return Float32Array.from(embedding);
  const bytes = Uint8Array.from(Buffer.from(embedding, 'base64'));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / Float32Array.BYTES_PER_ELEMENT));
}

const inOrder = (items: readonly Item[]): Float32Array[] => items.toSorted((a, b) => a.index - b.index).map(toVector);

/** Vectors of one server, through the official SDK. */
export function createEmbeddings(
  deps: ModalityDeps & { readonly models: readonly EmbeddingModel[] },
): EmbeddingProvider {
  const { models, config } = deps;
  const provider = config.title;
  const asker = createAsker(deps);
  return {
    listModels: (_signal, credentials) => asker.list(models, credentials),
    async embed(request, signal) {
      signal.throwIfAborted();
      const { inputUsdPerMillion } = checkEmbedding(request, { provider, models });
      const { model, dimensions, credentials } = request;
      return embedInBatches(
        request.texts,
        async (input) => {
          const body = {
            model,
            input: [...input],
            encoding_format: 'base64' as const,
            ...(dimensions ? { dimensions } : {}),
          };
          const answer = await asker.ask({ model, credentials, signal }, (client, closing) =>
            client.embeddings.create(body, { signal: closing }),
          );
          // Servers that only look alike leave the counts out.
          const { usage } = answer as { readonly usage?: CreateEmbeddingResponse.Usage };
          return {
            vectors: inOrder(answer.data),
            inputTokens: usage?.prompt_tokens,
          };
        },
        { ...BATCH, provider, usdPerMillion: inputUsdPerMillion },
      );
    },
  };
}
