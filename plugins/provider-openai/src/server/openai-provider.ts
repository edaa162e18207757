import { ModelInfo } from '@parley/contracts';
import type { ModelProvider } from '@parley/contracts';
import { readFiles, toParameterSchema } from '@parley/provider';
import type OpenAI from 'openai';
import type { AnswerApi } from './answer-api.ts';
import { createAssistantsApi } from './assistants/assistants-api.ts';
import { createChatApi } from './chat/chat-api.ts';
import { apiOf } from './config.ts';
import type { ApiKind, Config } from './config.ts';
import type { Connect } from './connect.ts';
import { acceptedFiles } from './files.ts';
import { toModelError } from './openai-errors.ts';
import { PARAMETERS } from './parameters.ts';
import { createResponsesApi } from './responses/responses-api.ts';

const APIS: Readonly<Record<ApiKind, (config: Config) => AnswerApi>> = {
  responses: createResponsesApi,
  'chat-completions': createChatApi,
  assistants: createAssistantsApi,
};

const toInfo = (id: string): ModelInfo => ModelInfo.parse({ id, name: id });

async function listModels(client: OpenAI, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const { data } = await client.models.list({ signal });
  const ids = new Set(data.map(({ id }) => id));
  return [...ids].toSorted((a, b) => a.localeCompare(b)).map(toInfo);
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
  const list = (client: OpenAI, signal: AbortSignal) =>
    ask(signal, () => api.listModels?.(client, signal) ?? listModels(client, signal));

  return {
    async listModels(signal, credentials) {
      const client = await connect(credentials);
      if (!api.listModels) return config.models?.map(toInfo) ?? (await list(client, signal));
      const listed = await list(client, signal);
      return config.models ? listed.filter(({ id }) => config.models?.includes(id)) : listed;
    },
    async check(credentials, signal) {
      await list(await connect(credentials), signal);
    },
    parameters: () => Promise.resolve(toParameterSchema(PARAMETERS[kind])),
    async *stream(request, signal) {
      const client = await connect(request.credentials);
      const { contents, notices } = await readFiles(
        request,
        acceptedFiles({ reads: config.reads.filter((kind) => api.reads.includes(kind)) }),
        signal,
      );
      yield* notices;
      yield* api.ask({ request, client, files: contents, signal });
    },
  };
}
