import type { GoogleGenAI } from '@google/genai';
import { isAppError, modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { openUpstream, readEventStream } from '@parley/provider';
import type { MadeFile, Upstream } from '@parley/provider';
import type { Config } from './config.ts';
import { createEventDecoder } from './event-decoder.ts';
import { opaqueFamily } from './family.ts';
import { toModelError } from './google-errors.ts';
import type { Params } from './request-params.ts';

const MOST_REQUESTS = 20;
const WITHOUT_SEARCH: ModelEvent = {
  type: 'notice',
  level: 'info',
  text: 'This model does not search the web and call tools in one answer; it was asked without the search.',
};

interface Opened {
  readonly upstream: Upstream<Response>;
  /** What was asked in the end, and what the person has to know of it. */
  readonly request: Params['request'];
  readonly notices: readonly ModelEvent[];
}

/**
 * Sends a request as the SDK makes it and gives the raw answer: the SDK's own decoding costs five times as much as ours.
 * @throws what the SDK makes of a refusal
 */
async function send(
  client: GoogleGenAI,
  request: Params['request'],
  { signal, fetch }: { readonly signal: AbortSignal; readonly fetch: typeof globalThis.fetch },
): Promise<Response> {
  let answer: Response | undefined;
  const raw: typeof fetch = async (input, init) => (answer = await fetch(input, { ...init, signal }));
  // What this gives reads the answer only when it is iterated, which nobody does.
  await client.models.generateContentStream({ ...request, config: { ...request.config, httpOptions: { fetch: raw } } });
  return answer as Response;
}

/** Asks for answers and reads them, each over as many requests as the server makes of it. */
export function createAnswers({
  config,
  fetch,
}: {
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
}): (client: GoogleGenAI, params: Params, signal: AbortSignal) => AsyncGenerator<ModelEvent | MadeFile> {
  const { title: provider, idleTimeoutMs } = config;

  async function open(client: GoogleGenAI, { request, plainer }: Params, signal: AbortSignal): Promise<Opened> {
    const toError = (error: unknown) => toModelError(error, { provider, model: request.model });
    const ask = (asked: Params['request']) =>
      openUpstream((closing) => send(client, asked, { signal: closing, fetch }), {
        provider,
        limits: config,
        signal,
        toError,
      });
    try {
      return { upstream: await ask(request), request, notices: [] };
    } catch (error) {
      if (plainer === undefined || !isAppError(error, modelErrors.BAD_REQUEST.code)) throw error;
      return { upstream: await ask(plainer), request: plainer, notices: [WITHOUT_SEARCH] };
    }
  }

  return async function* answer(client, first, signal) {
    const decoder = createEventDecoder(provider, opaqueFamily(config));
    let params = first;
    for (let requests = 1; ; requests += 1) {
      const { upstream, request, notices } = await open(client, params, signal);
      try {
        yield* notices;
        yield* readEventStream(upstream.value.body, decoder, { provider, idleTimeoutMs });
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider, model: request.model });
      } finally {
        upstream.close();
      }
      const token = decoder.continuation;
      if (token === undefined) return;
      if (requests === MOST_REQUESTS) throw modelErrors.UNAVAILABLE({ provider });
      params = { request: { ...request, config: { ...request.config, continuationToken: token } }, notices: [] };
    }
  };
}
