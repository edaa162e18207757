import { modelErrors, ModelInfo } from '@parley/contracts';
import type { ModelProvider, ModelRequest } from '@parley/contracts';
import type OpenAI from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { Config } from './config.ts';
import { Parameters } from './config.ts';
import { toChatMessages, toChatTools } from './messages.ts';
import { toModelError } from './provider-errors.ts';
import { readChunks } from './read-chunks.ts';
import { withinTime } from './within-time.ts';

interface Deps {
  readonly config: Config;
  readonly fetch: typeof fetch;
}

const toBody = (request: ModelRequest, provider: string): ChatCompletionCreateParamsStreaming => {
  const parsed = Parameters.safeParse(request.parameters);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`);
    throw modelErrors.BAD_REQUEST({ provider, reason: fields.join('; ') });
  }
  const { temperature, topP, maxOutputTokens, reasoningEffort } = parsed.data;
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
  let client: Promise<OpenAI> | undefined;
  const connect = async (): Promise<OpenAI> => {
    const { default: Client } = await import('openai');
    return new Client({
      apiKey: config.apiKey?.reveal() ?? 'none',
      baseURL: config.baseUrl,
      timeout: config.firstByteTimeoutMs,
      maxRetries: config.maxRetries,
      fetch,
      logLevel: 'off',
    });
  };
  const connected = () => (client ??= connect());

  return {
    async listModels(signal) {
      if (config.models) return config.models.map((id) => ModelInfo.parse({ id, name: id }));
      try {
        const page = await (await connected()).models.list({ signal });
        return page.data
          .map(({ id }) => ModelInfo.parse({ id, name: id }))
          .toSorted((a, b) => a.id.localeCompare(b.id));
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider });
      }
    },
    async *stream(request, signal) {
      const body = toBody(request, provider);
      const upstream = new AbortController();
      try {
        const { chat } = await connected();
        const sent = chat.completions.create(body, { signal: AbortSignal.any([signal, upstream.signal]) }).asResponse();
        const response = await withinTime(sent, config.firstByteTimeoutMs, provider);
        yield* readChunks(response, { provider, idleTimeoutMs: config.idleTimeoutMs });
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider, model: request.model });
      } finally {
        upstream.abort();
      }
    },
  };
}
