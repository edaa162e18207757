import { Download, joinBytes, toHttpRequest } from '@parley/contracts';
import type { AnyOperation, AppError, Client, Contract, Operations, StreamEvent } from '@parley/contracts';
import { offline, readProblem } from './problem-error.ts';
import { readEvents } from './read-events.ts';

/** Where and how a client calls. */
export interface ClientOptions {
  /** Origin of the host without a slash at the end; the page's own without one. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
  /** Headers of every request. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Asked after a 401; true sends the request once more. The place to renew a session. */
  readonly onUnauthorized?: () => Promise<boolean>;
  /** Told of every problem that the server reports. */
  readonly onProblem?: (problem: AppError) => void;
  /** Silence after which a stream counts as broken, milliseconds; 20 000 without one. The server's heartbeat is 15 s. */
  readonly idleTimeoutMs?: number;
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly lastEventId?: string;
  readonly onOpen?: () => void;
}
type Input = Readonly<Record<string, unknown>>;

/**
 * One typed function per operation of a contract.
 * Shape: a reply without content is `undefined`; a stream is an async iterable that closes its connection when left,
 * and whose iteration returns `'no-content'` when the server said (204) that nothing more will come.
 * @throws an `AppError` with the code, status and details of the server's problem+json; CLIENT_OFFLINE when there is
 * no server to be reached
 */
export function createClient<O extends Operations>(contract: Contract<O>, options: ClientOptions = {}): Client<O> {
  const calls = Object.entries(contract.operations).map(([name, operation]) => {
    const open = (input: Input, call: CallOptions) => send(contract, operation, options, input, call);
    return [name, operation.stream ? streamCall(open, options) : singleCall(operation, open)];
  });
  return Object.fromEntries(calls) as Client<O>;
}

type Open = (input: Input, call: CallOptions) => Promise<Response>;

const singleCall =
  (operation: AnyOperation, open: Open) =>
  async (input: Input, call: CallOptions = {}): Promise<unknown> => {
    const response = await open(input, call);
    if (operation.output === Download) return toDownload(response);
    return response.status === 204 ? undefined : response.json();
  };

/** A file whose bytes come while they are read. */
function toDownload({ headers, body }: Response): Download {
  const [, name = 'file'] = /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '') ?? [];
  const mediaType = headers.get('content-type') ?? 'application/octet-stream';
  return { name, mediaType, bytes: piecesOf(body) };
}

async function* piecesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const streamCall = (open: Open, { idleTimeoutMs = 20_000 }: ClientOptions) =>
  async function* stream(
    input: Input,
    call: CallOptions = {},
  ): AsyncGenerator<StreamEvent<unknown>, 'no-content' | undefined> {
    const response = await open(input, call);
    if (response.status === 204 || !response.body) return 'no-content';
    call.onOpen?.();
    return yield* readEvents(response.body, idleTimeoutMs);
  };

async function send(
  contract: Contract,
  operation: AnyOperation,
  options: ClientOptions,
  input: Input,
  { signal, lastEventId }: CallOptions,
): Promise<Response> {
  const { baseUrl = '', fetch = globalThis.fetch, headers, onUnauthorized } = options;
  const request = toHttpRequest(contract, operation, input);
  // Whole: it may have to be sent again with a new session.
  const body = request.upload ? await joinBytes(request.upload.bytes) : request.body;
  const attempt = async (): Promise<Response> => {
    try {
      return await fetch(`${baseUrl}${request.url}`, {
        method: request.method,
        headers: {
          accept: operation.stream ? 'text/event-stream' : 'application/json',
          ...headers?.(),
          ...request.headers,
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        },
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      throw signal?.aborted ? error : offline(error);
    }
  };
  let response = await attempt();
  if (response.status === 401 && (await onUnauthorized?.())) {
    await response.body?.cancel();
    response = await attempt();
  }
  if (response.ok) return response;
  const problem = await readProblem(response);
  options.onProblem?.(problem);
  throw problem;
}
