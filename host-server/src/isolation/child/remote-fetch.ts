import type { FetchCall, FetchReply } from '../host-api.ts';
import type { HostClient } from './host-client.ts';

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/** What `fetch` was asked for, in pieces that can travel. */
function toCall(input: string | URL | Request, init: RequestInit = {}): FetchCall {
  const request = typeof input === 'string' || input instanceof URL ? undefined : input;
  const headers = new Headers(init.headers ?? request?.headers);
  const given = init.body ?? request?.body ?? undefined;
  let body: FetchCall['body'];
  if (typeof given === 'string') body = given;
  else if (given !== undefined && given !== null) {
    const asResponse = new Response(given);
    const type = asResponse.headers.get('content-type');
    if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
    if (asResponse.body) body = asResponse.body as AsyncIterable<Uint8Array>;
  }
  return {
    url: request ? request.url : String(input),
    method: init.method ?? request?.method ?? 'GET',
    headers: [...headers],
    ...(body === undefined ? {} : { body }),
    redirect: init.redirect ?? request?.redirect ?? 'follow',
  };
}

/** The pieces of a body as they come; one that is not read keeps the sender waiting. */
function toStream(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => void (await iterator.return?.()),
    },
    { highWaterMark: 0 },
  );
}

/** A `fetch` that the host's egress client answers; what the plugin may call is decided there. */
export const createRemoteFetch =
  (host: HostClient): typeof fetch =>
  async (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined) ?? undefined;
    signal?.throwIfAborted();
    const reply = (await host.call('fetch', toCall(input, init), signal)) as FetchReply;
    const body = reply.body === undefined || WITHOUT_BODY.has(reply.status) ? undefined : toStream(reply.body);
    const response = new Response(body, {
      status: reply.status,
      statusText: reply.statusText,
      headers: reply.headers.map(([name, value]): [string, string] => [name, value]),
    });
    Object.defineProperty(response, 'url', { value: reply.url });
    return response;
  };
