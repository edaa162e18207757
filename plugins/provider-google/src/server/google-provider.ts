import type { GoogleGenAI } from '@google/genai';
import { ModelInfo } from '@parley/contracts';
import type { Credentials, ModelFacts, ModelProvider, ModelRequest } from '@parley/contracts';
import { keepMadeFiles, toParameterSchema } from '@parley/provider';
import { createAnswers } from './answers.ts';
import { Parameters } from './config.ts';
import type { Config } from './config.ts';
import type { Connect } from './connect.ts';
import { opaqueFamily } from './family.ts';
import { toModelError } from './google-errors.ts';
import { toModelInfos } from './model-list.ts';
import { givenFiles } from './prompt-files.ts';
import type { Upload } from './prompt-files.ts';
import { toParams } from './request-params.ts';
import { Uploads } from './uploads.ts';

const MOST_MODELS = 1_000;
const THINKING = { thoughts: true, thinkingLevel: true, thinkingBudget: true } as const;

interface Deps {
  readonly config: Config;
  readonly connect: Connect;
  readonly fetch: typeof fetch;
  /** What is known of a model beyond what the server lists. */
  readonly factsOf?: (model: string) => ModelFacts | undefined;
}

/** A provider that speaks to the Gemini API or Vertex AI through the official SDK, which is loaded at the first use. */
export function createGoogleProvider({ config, connect, fetch, factsOf }: Deps): ModelProvider {
  const { title: provider } = config;
  const answer = createAnswers({ config, fetch });
  const uploads = new Uploads();
  const known = new Map<string, ModelInfo>();
  const isThinker = (model: string): boolean | undefined =>
    known.get(model)?.abilities.reasoning ?? factsOf?.(model)?.abilities?.reasoning;

  async function list(client: GoogleGenAI, pageSize: number, signal: AbortSignal) {
    try {
      return await client.models.list({ config: { pageSize, abortSignal: signal } });
    } catch (error) {
      signal.throwIfAborted();
      throw toModelError(error, { provider });
    }
  }

  // Vertex AI takes larger files from its own storage only.
  const uploadFor = (credentials: Credentials | undefined): Upload | undefined =>
    config.project === undefined
      ? async (id, name, content, signal) => {
          const client = await connect(credentials, (input, init) => fetch(input, { ...init, signal }));
          return uploads.get({ id, name, content }, { client, credentials }, signal);
        }
      : undefined;

  return {
    async listModels(signal, credentials) {
      const client = await connect(credentials);
      if (config.models) return config.models.map((id) => ModelInfo.parse({ id, name: id }));
      const models = [];
      for await (const model of await list(client, MOST_MODELS, signal)) models.push(model);
      const infos = toModelInfos(models);
      for (const info of infos) known.set(info.id, info);
      return infos;
    },
    async check(credentials, signal) {
      await list(await connect(credentials), 1, signal);
    },
    parameters(model) {
      return Promise.resolve(toParameterSchema(isThinker(model) === false ? Parameters.omit(THINKING) : Parameters));
    },
    async *stream(request: ModelRequest, signal) {
      const client = await connect(request.credentials);
      const { parts, notices } = await givenFiles(request, uploadFor(request.credentials), signal);
      const telling = { files: parts, family: opaqueFamily(config), isThinker: isThinker(request.model) === true };
      const params = toParams(request, config, telling);
      yield* notices;
      yield* params.notices;
      yield* keepMadeFiles(answer(client, params, signal), request, signal);
    },
  };
}
