import type { ModelProvider } from '@parley/contracts';
import { openUpstream, readFiles, toParameterSchema, withIdleLimit } from '@parley/provider';
import type { Ollama } from 'ollama';
import { toEvents } from './answer.ts';
import { Parameters } from './config.ts';
import type { Config } from './config.ts';
import { FILE_KINDS } from './messages.ts';
import { toModelInfo } from './model-list.ts';
import { toModelError } from './ollama-errors.ts';
import { toBody } from './request-body.ts';

const MAX_FILE_BYTES = 30 * 1_024 * 1_024;

/** Makes clients of one server, each bound to a signal: the client itself takes none. */
export type Connect = (signal: AbortSignal) => Promise<Ollama>;

/** Clients of the server of `config`, through `fetch`. */
export const createConnect =
  ({ config, fetch }: { readonly config: Config; readonly fetch: typeof globalThis.fetch }): Connect =>
  async (signal) => {
    const { Ollama: Client } = await import('ollama/browser');
    const key = config.apiKey?.reveal();
    return new Client({
      host: config.baseUrl,
      ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
      fetch: (input, init) =>
        fetch(input, { ...init, signal: AbortSignal.any([signal, ...(init?.signal ? [init.signal] : [])]) }),
    }) as Ollama;
  };

/** A provider over the official client, which is loaded at the first use. */
export function createOllamaProvider(deps: { readonly config: Config; readonly connect: Connect }): ModelProvider {
  const { config, connect } = deps;
  const provider = config.title;
  return {
    async listModels(signal) {
      try {
        const client = await connect(signal);
        const { models } = await client.list();
        const shown = await Promise.all(
          models.map(async ({ model }) => toModelInfo(model, await client.show({ model }))),
        );
        return shown.filter((model) => model !== undefined);
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider });
      }
    },
    parameters: () => Promise.resolve(toParameterSchema(Parameters)),
    async *stream(request, signal) {
      const files = await readFiles(request, { kinds: FILE_KINDS, maxBytes: MAX_FILE_BYTES }, signal);
      const { chat, notices } = toBody(request, config, files.contents);
      yield* files.notices;
      yield* notices;
      const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
      const upstream = await openUpstream(async (closing) => (await connect(closing)).chat(chat), {
        provider,
        limits: config,
        signal,
        toError,
      });
      try {
        yield* toEvents(withIdleLimit(upstream.value, { provider, idleTimeoutMs: config.idleTimeoutMs }), provider);
      } catch (error) {
        signal.throwIfAborted();
        throw toError(error);
      } finally {
        upstream.close();
      }
    },
  };
}
