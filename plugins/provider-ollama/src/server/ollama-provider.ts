import type { ModelInfo, ModelProvider } from '@parley/contracts';
import { openUpstream, readBytes, readFiles, toParameterSchema } from '@parley/provider';
import { AnswerDecoder } from './answer.ts';
import { parametersOf } from './config.ts';
import type { Config } from './config.ts';
import { sendChat } from './connect.ts';
import type { Connect } from './connect.ts';
import { acceptedFiles } from './files.ts';
import { toBareInfo, toModelInfo } from './model-list.ts';
import { toModelError } from './ollama-errors.ts';
import { toBody } from './request-body.ts';

/** A provider over the official client, which is loaded at the first use. */
export function createOllamaProvider(deps: {
  readonly config: Config;
  readonly connect: Connect;
  readonly fetch: typeof globalThis.fetch;
}): ModelProvider {
  const { config, connect, fetch } = deps;
  const provider = config.title;
  /** What the server has told of its models. */
  const told = new Map<string, ModelInfo>();

  const describe = async (client: Awaited<ReturnType<Connect>>, model: string, signal: AbortSignal) => {
    try {
      return toModelInfo(model, await client.show({ model }));
    } catch {
      signal.throwIfAborted();
      // One model that can't be shown must not hide the others.
      return toBareInfo(model);
    }
  };

  return {
    async listModels(signal) {
      try {
        const client = await connect(signal);
        const { models } = await client.list();
        const all = await Promise.all(models.map(({ model }) => describe(client, model, signal)));
        const usable = all.filter((model) => model !== undefined);
        for (const model of usable) told.set(model.id, model);
        return usable;
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider });
      }
    },
    parameters: (model) => Promise.resolve(toParameterSchema(parametersOf(told.get(model)?.abilities))),
    async *stream(request, signal) {
      const abilities = told.get(request.model)?.abilities;
      const files = await readFiles(request, acceptedFiles(abilities), signal);
      const { chat, notices } = toBody(request, { config, files: files.contents, abilities });
      yield* files.notices;
      yield* notices;
      const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
      const upstream = await openUpstream((closing) => sendChat(connect, chat, { signal: closing, fetch }), {
        provider,
        limits: config,
        signal,
        toError,
      });
      try {
        const decoder = new AnswerDecoder(provider, request.model);
        yield* readBytes(upstream.value.body, decoder, { provider, idleTimeoutMs: config.idleTimeoutMs });
      } catch (error) {
        signal.throwIfAborted();
        throw toError(error);
      } finally {
        upstream.close();
      }
    },
  };
}
