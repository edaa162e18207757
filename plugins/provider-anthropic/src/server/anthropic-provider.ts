import type Anthropic from '@anthropic-ai/sdk';
import { modelErrors, ModelInfo } from '@parley/contracts';
import type { Credentials, ModelProvider } from '@parley/contracts';
import { openUpstream, readEventStream, readFiles, toParameterSchema } from '@parley/provider';
import { toModelError } from './anthropic-errors.ts';
import { Parameters } from './config.ts';
import type { Config } from './config.ts';
import { createEventDecoder } from './event-decoder.ts';
import { FILE_KINDS } from './messages.ts';
import { toModelInfo } from './model-list.ts';
import { toBody } from './request-body.ts';

const MAX_FILE_BYTES = 30 * 1_024 * 1_024;
const MOST_MODELS = 1_000;

/** A provider that speaks the Messages API through the official SDK, which is loaded at the first use. */
export function createAnthropicProvider(deps: {
  readonly config: Config;
  readonly fetch: typeof fetch;
}): ModelProvider {
  const { config } = deps;
  const provider = config.title;

  const connect = async (credentials: Credentials | undefined): Promise<Anthropic> => {
    const apiKey = credentials?.['apiKey'] ?? config.apiKey?.reveal();
    if (apiKey === undefined) throw modelErrors.NEEDS_KEY({ provider });
    const { default: Client } = await import('@anthropic-ai/sdk');
    return new Client({
      apiKey,
      // Only what is given here counts, never the environment of the server.
      authToken: null,
      baseURL: config.baseUrl,
      timeout: config.firstByteTimeoutMs,
      // Repeated by `openUpstream`, the same for every provider.
      maxRetries: 0,
      fetch: deps.fetch,
      logLevel: 'off',
    });
  };

  return {
    async listModels(signal, credentials) {
      const client = await connect(credentials);
      if (config.models)
        return config.models.map((id) => ModelInfo.parse({ id, name: id, abilities: { vision: true, tools: true } }));
      try {
        const { data } = await client.models.list({ limit: MOST_MODELS }, { signal });
        return data.filter(({ lifecycle }) => lifecycle !== 'retired').map(toModelInfo);
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider });
      }
    },
    async check(credentials, signal) {
      const client = await connect(credentials);
      try {
        await client.models.list({ limit: 1 }, { signal });
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider });
      }
    },
    parameters: () => Promise.resolve(toParameterSchema(Parameters)),
    async *stream(request, signal) {
      const client = await connect(request.credentials);
      const files = await readFiles(request, { kinds: FILE_KINDS, maxBytes: MAX_FILE_BYTES }, signal);
      const { params, notices } = toBody(request, config, files.contents);
      yield* files.notices;
      yield* notices;
      const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
      const upstream = await openUpstream(
        (closing) => client.messages.create(params, { signal: closing }).asResponse(),
        { provider, limits: config, signal, toError },
      );
      try {
        const { body, headers } = upstream.value;
        const decoder = createEventDecoder(provider, headers.get('request-id') ?? undefined);
        yield* readEventStream(body, decoder, { provider, idleTimeoutMs: config.idleTimeoutMs });
      } catch (error) {
        signal.throwIfAborted();
        throw toError(error);
      } finally {
        upstream.close();
      }
    },
  };
}
