import type { FetchCall, FetchReply } from '../host-api.ts';

/** Sends a request of a child through the egress client of its plugin; bodies come and go piece by piece. */
export async function sendFetch(
  send: typeof fetch,
  { url, method, headers, body, redirect }: FetchCall,
  signal: AbortSignal | undefined,
): Promise<FetchReply> {
  const init: RequestInit & { duplex?: 'half' } = {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(redirect === undefined ? {} : { redirect }),
    ...(signal === undefined ? {} : { signal }),
    ...(typeof body === 'string' ? { body } : {}),
    ...(typeof body === 'object' ? { body: ReadableStream.from(body), duplex: 'half' } : {}),
  };
  const response = await send(url, init);
  return {
    status: response.status,
    statusText: response.statusText,
    url: response.url,
    headers: [...response.headers],
    ...(response.body === null ? {} : { body: response.body as AsyncIterable<Uint8Array> }),
  };
}
