import type { ModelInfo as ApiModel } from '@anthropic-ai/sdk/resources/models';
import type { Credentials, ModelProvider } from '@parley/contracts';
import { openUpstream, readEventStream, readFiles, toParameterSchema } from '@parley/provider';
import { toModelError } from './anthropic-errors.ts';
import type { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { AnswerDecoder } from './event-decoder.ts';
import { acceptedFiles, toModelInfo } from './model-list.ts';
import { parametersOf } from './parameters.ts';
import { toBody } from './request-body.ts';

const MOST_MODELS = 1_000;

/** A provider that speaks the Messages API through the official SDK, which is loaded at the first use. */
export function createAnthropicProvider(deps: {
  readonly config: Config;
  readonly fetch: typeof fetch;
}): ModelProvider {
  const { config } = deps;
  const provider = config.title;
  const isVertex = config.project !== undefined;
  const connect = createConnect(deps);
  /** What the server has told of its models. */
  const told = new Map<string, ApiModel>();

  const askForModels = async (signal: AbortSignal, credentials: Credentials | undefined, limit: number) => {
    const client = await connect(credentials);
    try {
      const { data } = await client.models.list({ limit }, { signal });
      return data;
    } catch (error) {
      signal.throwIfAborted();
      throw toModelError(error, { provider });
    }
  };

  return {
    async listModels(signal, credentials) {
      // Vertex AI has no list to ask for.
      const all = isVertex ? [] : await askForModels(signal, credentials, MOST_MODELS);
      if (isVertex) await connect(credentials);
      for (const model of all) told.set(model.id, model);
      const offered = all.filter(({ lifecycle }) => lifecycle !== 'retired').map(({ id }) => id);
      return (config.models ?? offered).map((id) => toModelInfo(id, told.get(id)));
    },
    async check(credentials, signal) {
      if (isVertex) await connect(credentials);
      else await askForModels(signal, credentials, 1);
    },
    parameters: (model) => Promise.resolve(toParameterSchema(parametersOf(told.get(model)))),
    async *stream(request, signal) {
      const model = told.get(request.model);
      const client = await connect(request.credentials);
      const files = await readFiles(request, acceptedFiles(model), signal);
      const { transformJSONSchema: toStrictSchema } = await import('@anthropic-ai/sdk/lib/transform-json-schema');
      const { params, notices, betas, mayPause } = toBody(request, {
        config,
        files: files.contents,
        model,
        toStrictSchema,
      });
      yield* files.notices;
      yield* notices;
      const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
      const headers = betas.length > 0 ? { 'anthropic-beta': betas.join(',') } : {};
      const answer = new AnswerDecoder(provider, { mayPause });
      for (let messages = params.messages; ; ) {
        const asked = { ...params, messages };
        const upstream = await openUpstream(
          (closing) => client.messages.create(asked, { signal: closing, headers }).asResponse(),
          { provider, limits: config, signal, toError },
        );
        try {
          const { body, headers: received } = upstream.value;
          answer.begin(received.get('request-id') ?? undefined);
          yield* readEventStream(body, answer, { provider, idleTimeoutMs: config.idleTimeoutMs });
        } catch (error) {
          signal.throwIfAborted();
          throw toError(error);
        } finally {
          upstream.close();
        }
        if (!answer.paused) return;
        messages = [...params.messages, { role: 'assistant', content: [...answer.paused] }];
      }
    },
  };
}
