import { ModelInfo } from '@parley/contracts';
import type { ModelProvider } from '@parley/contracts';
import { readFiles, toParameterSchema } from '@parley/provider';
import type OpenAI from 'openai';
import type { AnswerApi } from './answer-api.ts';
import { createAssistantsApi } from './assistants/assistants-api.ts';
import { createChatApi } from './chat/chat-api.ts';
import { apiOf, readsOf } from './config.ts';
import type { ApiKind, Config } from './config.ts';
import type { Connect } from './connect.ts';
import { acceptedFiles } from './files.ts';
import { limitsOf, toModelInfo } from './model-list.ts';
import { toModelError } from './openai-errors.ts';
import { PARAMETERS } from './parameters.ts';
import { createResponsesApi } from './responses/responses-api.ts';

const APIS: Readonly<Record<ApiKind, (config: Config) => AnswerApi>> = {
  responses: createResponsesApi,
  'chat-completions': createChatApi,
  assistants: createAssistantsApi,
};

/** The models of a server by name, each once. */
async function listModels(
  client: OpenAI,
  signal: AbortSignal,
  limits: ModelInfo['abilities'],
): Promise<readonly ModelInfo[]> {
  const { data } = await client.models.list({ signal });
  const models = data.flatMap((listed) => toModelInfo(listed, limits) ?? []);
  const byId = new Map(models.map((model) => [model.id, model]));
  return [...byId.values()].toSorted((a, b) => a.id.localeCompare(b.id));
}

/** Models of one server that speaks OpenAI's protocols, through the official SDK. */
export function createOpenAiProvider({
  config,
  connect,
}: {
  readonly config: Config;
  readonly connect: Connect;
}): ModelProvider {
  const provider = config.title;
  const kind = apiOf(config);
  const api = APIS[kind](config);

  const ask = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw toModelError(error, { provider });
    }
  };
  const reads = readsOf(config).filter((kindOfFile) => api.reads.includes(kindOfFile));
  const limits = limitsOf(kind, reads);
  const list = (client: OpenAI, signal: AbortSignal) =>
    ask(signal, () => api.listModels?.(client, signal) ?? listModels(client, signal, limits));

  return {
    async listModels(signal, credentials) {
      const client = await connect(credentials);
      if (!config.models) return list(client, signal);
      if (!api.listModels) return config.models.map((id) => ModelInfo.parse({ id, name: id, abilities: limits }));
      return (await list(client, signal)).filter(({ id }) => config.models?.includes(id));
    },
    async check(credentials, signal) {
      await list(await connect(credentials), signal);
    },
    parameters: () => Promise.resolve(toParameterSchema(PARAMETERS[kind])),
    async *stream(request, signal) {
      const client = await connect(request.credentials);
      const { contents, notices } = await readFiles(request, acceptedFiles(reads), signal);
      yield* notices;
      yield* api.ask({ request, client, files: contents, signal });
    },
  };
}
