import { modelErrors, ModelInfo } from '@parley/contracts';
import type { Credentials, ModelProvider, ModelRequest } from '@parley/contracts';
import { openUpstream, parseParameters, readEventStream, readFiles, toParameterSchema } from '@parley/provider';
import type OpenAI from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { createChunkDecoder } from './chunk-decoder.ts';
import type { Config } from './config.ts';
import { OPENAI_URL, Parameters } from './config.ts';
import { toChatMessages, toChatTools } from './messages.ts';
import { toModelError } from './provider-errors.ts';

interface Deps {
  readonly config: Config;
  readonly fetch: typeof fetch;
}

const NO_FILES = { kinds: [], maxBytes: 0 };

const toBody = (request: ModelRequest, provider: string): ChatCompletionCreateParamsStreaming => {
  const { temperature, topP, maxOutputTokens, reasoningEffort } = parseParameters(
    Parameters,
    request.parameters,
    provider,
  );
  return {
    model: request.model,
    messages: toChatMessages(request.messages),
    stream: true,
    stream_options: { include_usage: true },
    ...(request.tools.length === 0 ? {} : { tools: toChatTools(request.tools) }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { max_completion_tokens: maxOutputTokens }),
    ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
  };
};

/** A provider that speaks Chat Completions through the official SDK, which is loaded at the first use. */
export function createOpenAiProvider({ config, fetch }: Deps): ModelProvider {
  const provider = config.title;
  // Servers of one's own often want no key; OpenAI's does.
  const needsKey = config.baseUrl === OPENAI_URL;
  const connect = async (credentials: Credentials | undefined): Promise<OpenAI> => {
    const apiKey = credentials?.['apiKey'] ?? config.apiKey?.reveal();
    if (apiKey === undefined && needsKey) throw modelErrors.NEEDS_KEY({ provider });
    const { default: Client } = await import('openai');
    return new Client({
      apiKey: apiKey ?? 'none',
      baseURL: config.baseUrl,
      timeout: config.firstByteTimeoutMs,
      // Repeated here, the same for every provider.
      maxRetries: 0,
      fetch,
      logLevel: 'off',
    });
  };
  return {
    async listModels(signal, credentials) {
      const client = await connect(credentials);
      if (config.models) return config.models.map((id) => ModelInfo.parse({ id, name: id }));
      try {
        const page = await client.models.list({ signal });
        return page.data
          .map(({ id }) => ModelInfo.parse({ id, name: id }))
          .toSorted((a, b) => a.id.localeCompare(b.id));
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider });
      }
    },
    parameters: () => Promise.resolve(toParameterSchema(Parameters)),
    async *stream(request, signal) {
      const body = toBody(request, provider);
      const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
      const { notices } = await readFiles(request, NO_FILES, signal);
      yield* notices;
      const { chat } = await connect(request.credentials);
      const upstream = await openUpstream(
        (closing) => chat.completions.create(body, { signal: closing }).asResponse(),
        { provider, limits: config, signal, toError },
      );
      try {
        yield* readEventStream(upstream.value.body, createChunkDecoder(provider), {
          provider,
          idleTimeoutMs: config.idleTimeoutMs,
        });
      } catch (error) {
        signal.throwIfAborted();
        throw toError(error);
      } finally {
        upstream.close();
      }
    },
  };
}
