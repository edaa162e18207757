import type { GoogleGenAI } from '@google/genai';
import { isAppError, modelErrors, ModelInfo } from '@parley/contracts';
import type { Credentials, ModelEvent, ModelProvider, ModelRequest } from '@parley/contracts';
import { keepMadeFiles, openUpstream, readEventStream, toParameterSchema } from '@parley/provider';
import type { MadeFile, Upstream } from '@parley/provider';
import { Parameters } from './config.ts';
import type { Config } from './config.ts';
import type { Connect } from './connect.ts';
import { createEventDecoder } from './event-decoder.ts';
import { opaqueFamily } from './family.ts';
import { toModelError } from './google-errors.ts';
import { toModelInfos } from './model-list.ts';
import { givenFiles } from './prompt-files.ts';
import type { Upload } from './prompt-files.ts';
import { toParams } from './request-params.ts';
import type { Params } from './request-params.ts';
import { Uploads } from './uploads.ts';

const MOST_MODELS = 1_000;
const MOST_REQUESTS = 20;
const THINKING = { thoughts: true, thinkingLevel: true, thinkingBudget: true } as const;

interface Deps {
  readonly config: Config;
  readonly connect: Connect;
  readonly fetch: typeof fetch;
}

interface Opened {
  readonly upstream: Upstream<Response>;
  /** What was asked in the end. */
  readonly request: Params['request'];
}

/**
 * Sends a request as the SDK makes it and gives the raw answer: the SDK's own decoding parses each piece three times over.
 * @throws what the SDK makes of a refusal
 */
async function send(
  client: GoogleGenAI,
  request: Params['request'],
  signal: AbortSignal,
  via: typeof fetch,
): Promise<Response> {
  let answer: Response | undefined;
  const raw: typeof fetch = async (input, init) => (answer = await via(input, { ...init, signal }));
  // What this gives reads the answer only when it is iterated, which nobody does.
  await client.models.generateContentStream({ ...request, config: { ...request.config, httpOptions: { fetch: raw } } });
  return answer as Response;
}

/** A provider that speaks to the Gemini API or Vertex AI through the official SDK, which is loaded at the first use. */
export function createGoogleProvider({ config, connect, fetch }: Deps): ModelProvider {
  const { title: provider } = config;
  const family = opaqueFamily(config);
  const uploads = new Uploads();
  const known = new Map<string, ModelInfo>();

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

  async function* open(client: GoogleGenAI, params: Params, signal: AbortSignal): AsyncGenerator<ModelEvent, Opened> {
    const { request, plainer } = params;
    const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
    const ask = (asked: Params['request']) =>
      openUpstream((closing) => send(client, asked, closing, fetch), { provider, limits: config, signal, toError });
    try {
      return { upstream: await ask(request), request };
    } catch (error) {
      if (plainer === undefined || !isAppError(error, modelErrors.BAD_REQUEST.code)) throw error;
      const text = 'This model does not search the web and call tools in one answer; it was asked without the search.';
      yield { type: 'notice', level: 'info', text };
      return { upstream: await ask(plainer), request: plainer };
    }
  }

  async function* answer(
    client: GoogleGenAI,
    first: Params,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent | MadeFile> {
    const decoder = createEventDecoder(provider, family);
    let params = first;
    for (let requests = 1; ; requests += 1) {
      const { upstream, request } = yield* open(client, params, signal);
      try {
        yield* readEventStream(upstream.value.body, decoder, { provider, idleTimeoutMs: config.idleTimeoutMs });
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider, model: first.request.model });
      } finally {
        upstream.close();
      }
      const token = decoder.continuation;
      if (token === undefined) return;
      if (requests === MOST_REQUESTS) throw modelErrors.UNAVAILABLE({ provider });
      params = { request: { ...request, config: { ...request.config, continuationToken: token } }, notices: [] };
    }
  }

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
      const isThinker = known.get(model)?.abilities.reasoning !== false;
      return Promise.resolve(toParameterSchema(isThinker ? Parameters : Parameters.omit(THINKING)));
    },
    async *stream(request: ModelRequest, signal) {
      const client = await connect(request.credentials);
      const { parts, notices } = await givenFiles(request, uploadFor(request.credentials), signal);
      const isThinker = known.get(request.model)?.abilities.reasoning === true;
      const params = toParams(request, config, { files: parts, family, isThinker });
      yield* notices;
      yield* params.notices;
      yield* keepMadeFiles(answer(client, params, signal), request, signal);
    },
  };
}
