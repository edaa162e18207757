import { modelErrors, ModelInfo } from '@parley/contracts';
import type { ModelEvent, ModelMessage, ModelProvider, ModelRequest } from '@parley/contracts';
import type { Config } from './config.ts';
import { readLines } from './read-lines.ts';
import { Piece } from './wire.ts';

interface Deps {
  readonly config: Config;
  /** `ctx.fetch`: reaches only the hosts the plugin declares. */
  readonly fetch: typeof fetch;
}

const PROVIDER = 'sample';

/** Models behind the service: one request per answer, read line by line as it comes. */
export function createProvider({ config, fetch }: Deps): ModelProvider {
  const ask = async ({ model, messages }: ModelRequest, signal: AbortSignal): Promise<Response> => {
    const body = JSON.stringify({ model, messages: messages.map(toWire) });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${config.apiKey.reveal()}` };
    try {
      return await fetch(`${config.baseUrl}/chat`, { method: 'POST', headers, body, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw modelErrors.UNAVAILABLE({ provider: PROVIDER }, error);
    }
  };
  return {
    listModels: () => Promise.resolve(config.models.map((id) => ModelInfo.parse({ id, name: id }))),
    async *stream(request, signal) {
      signal.throwIfAborted();
      if (!config.models.includes(request.model)) {
        throw modelErrors.NOT_FOUND({ model: request.model, known: config.models });
      }
      const response = await ask(request, signal);
      if (!response.ok || !response.body) throw await failureOf(response);
      yield* readAnswer(response.body, signal);
    },
  };
}

async function* readAnswer(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  try {
    for await (const line of readLines(body)) {
      signal.throwIfAborted();
      const piece = Piece.parse(JSON.parse(line));
      if (piece.thought) yield { type: 'reasoning', text: piece.thought };
      if (piece.text) yield { type: 'text', text: piece.text };
      if (!piece.done) continue;
      yield { type: 'usage', usage: { inputTokens: piece.done.read, outputTokens: piece.done.written } };
      yield { type: 'finish', reason: piece.done.reason };
      return;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw modelErrors.UNAVAILABLE({ provider: PROVIDER }, error);
  }
  // The connection ended and the answer did not.
  throw modelErrors.UNAVAILABLE({ provider: PROVIDER });
}

const toWire = ({ role, parts }: ModelMessage) => ({
  role,
  text: parts.map((part) => (part.type === 'text' && 'text' in part ? part.text : '')).join('\n'),
});

async function failureOf(response: Response): Promise<Error> {
  const facts = { provider: PROVIDER, status: response.status };
  await response.body?.cancel();
  if (response.status === 401 || response.status === 403) return modelErrors.AUTH(facts);
  if (response.status === 402) return modelErrors.QUOTA(facts);
  if (response.status === 429) {
    return modelErrors.RATE_LIMIT({ ...facts, retryAfterSeconds: Number(response.headers.get('retry-after') ?? 1) });
  }
  if (response.status >= 500) return modelErrors.UNAVAILABLE(facts);
  return modelErrors.BAD_REQUEST({ ...facts, reason: `status ${response.status}` });
}
