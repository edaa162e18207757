import { ModelInfo } from '@parley/contracts';
import type { Credentials, ModelProvider, ModelRequest } from '@parley/contracts';
import { keepMadeFiles, openUpstream, readBytes, readFiles, toParameterSchema } from '@parley/provider';
import { createAccess } from './access.ts';
import { askForModels, listModels } from './ask-list.ts';
import { createAskModel } from './ask-model.ts';
import type { Asked } from './ask-model.ts';
import { toModelError } from './bedrock-errors.ts';
import type { Config } from './config.ts';
import { createEventDecoder } from './event-decoder.ts';
import { kindsFor, maxBytesOf } from './files.ts';
import { parametersOf } from './parameters.ts';
import { toWholeAnswer } from './whole-answer.ts';

const listed = (id: string): ModelInfo =>
  ModelInfo.parse({ id, name: id, abilities: { vision: true, files: true, tools: true } });

/** A provider that speaks the Converse API through the official SDK, which is loaded at the first use. */
export function createBedrockProvider(deps: {
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
}): ModelProvider {
  const { config, fetch } = deps;
  const { title: provider, listUrl } = config;
  const connect = createAccess(deps);
  const ask = createAskModel(config);
  /** What the last list told, so that a model is sent only what it takes. */
  const known = new Map<string, ModelInfo>();

  const failing = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw toModelError(error, { provider });
    }
  };

  async function* read(answer: Asked['answer'], { model }: ModelRequest) {
    if ('whole' in answer) {
      yield* toWholeAnswer(answer.whole, { provider, model, requestId: answer.whole.$metadata.requestId });
      return;
    }
    const decoder = createEventDecoder({ provider, model, requestId: answer.requestId });
    yield* readBytes(answer.body, decoder, { provider, idleTimeoutMs: config.idleTimeoutMs });
  }

  return {
    listModels: (signal, credentials) =>
      failing(signal, async () => {
        const access = await connect(credentials);
        if (config.models) return config.models.map(listed);
        const models = await listModels({ access, fetch, listUrl }, signal);
        for (const model of models) known.set(model.id, model);
        return models;
      }),
    check: (credentials: Credentials, signal) =>
      failing(signal, async () => askForModels({ access: await connect(credentials), fetch, listUrl }, signal)),
    parameters: (model) => Promise.resolve(toParameterSchema(parametersOf(model))),
    async *stream(request, signal) {
      const access = await connect(request.credentials);
      const kinds = kindsFor(known.get(request.model)?.abilities);
      const files = await readFiles(request, { kinds, maxBytes: maxBytesOf }, signal);
      yield* files.notices;
      const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
      const upstream = await openUpstream((closing) => ask(access, request, files.contents, closing), {
        provider,
        limits: config,
        signal,
        toError,
      });
      try {
        const { answer, notices } = upstream.value;
        yield* notices;
        yield* keepMadeFiles(read(answer, request), request, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toError(error);
      } finally {
        upstream.close();
      }
    },
  };
}
