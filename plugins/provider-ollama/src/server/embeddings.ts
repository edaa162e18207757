import { EmbeddingModel } from '@parley/contracts';
import type { EmbeddingProvider } from '@parley/contracts';
import { askUpstream, checkEmbedding, embedInBatches } from '@parley/provider';
import type { Config } from './config.ts';
import type { Connect } from './connect.ts';
import { toEmbeddingModel } from './model-list.ts';
import { toModelError } from './ollama-errors.ts';

/** What the server works through at once without holding up others for long. */
const BATCH = { maxTexts: 256, maxBytes: 300_000 };

/** Vectors of one server, through the official client. */
export function createEmbeddings(deps: { readonly config: Config; readonly connect: Connect }): EmbeddingProvider {
  const { config, connect } = deps;
  const provider = config.title;

  const list = async (signal: AbortSignal): Promise<readonly EmbeddingModel[]> => {
    const client = await connect(signal);
    const { models } = await client.list();
    const shown = await Promise.all(
      models.map(async ({ model }) => toEmbeddingModel(model, await client.show({ model }))),
    );
    return shown.filter((model) => model !== undefined);
  };

  return {
    async listModels(signal) {
      try {
        return await list(signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider });
      }
    },
    async embed(request, signal) {
      signal.throwIfAborted();
      const { model, dimensions, texts } = request;
      // Which models there are only the server knows, and it refuses the others by itself.
      checkEmbedding(request, {
        provider,
        models: [EmbeddingModel.parse({ id: model, name: model, canShorten: true })],
      });
      const toError = (error: unknown) => toModelError(error, { provider, model });
      return embedInBatches(
        texts,
        async (input) => {
          const body = {
            model,
            input: [...input],
            // A text that is cut without a word gives a vector of something else.
            truncate: false,
            ...(dimensions === undefined ? {} : { dimensions }),
            ...(config.keepAlive === undefined ? {} : { keep_alive: config.keepAlive }),
          };
          const answer = await askUpstream(async (closing) => (await connect(closing)).embed(body), {
            provider,
            limits: config,
            signal,
            toError,
          });
          const { prompt_eval_count: inputTokens } = answer as Partial<typeof answer>;
          return { vectors: answer.embeddings.map((vector) => Float32Array.from(vector)), inputTokens };
        },
        { ...BATCH, provider, usdPerMillion: 0 },
      );
    },
  };
}
