import { Readable } from 'node:stream';
import type { UnderlyingDefaultSource } from 'node:stream/web';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher, request as undiciRequest } from 'undici';

const BUFFER_BYTES = 64 * 1_024;
const WITHOUT_BODY = new Set([101, 204, 205, 304]);
const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body of a fetch as undici's request takes it; what is not text says its own content type. */
function toBody(body: RequestInit['body'], headers: Headers): string | Readable | undefined {
  if (body === undefined || body === null || typeof body === 'string') return body ?? undefined;
  const asResponse = new Response(body);
  const type = asResponse.headers.get('content-type');
  if (type && !headers.has('content-type')) headers.set('content-type', type);
  return asResponse.body ? Readable.fromWeb(asResponse.body) : undefined;
}

const decoded = (body: Readable, encoding: string | null): Readable => {
  const decoder = DECODERS[encoding?.trim().toLowerCase() ?? ''];
  if (!decoder) return body;
  const stream = decoder() as NodeJS.ReadWriteStream & Readable;
  body.once('error', (error) => stream.destroy(error));
  stream.once('close', () => body.destroy());
  return body.pipe(stream);
};

/** The bytes of `body` as they come, no more than the reader takes. */
function toWebStream(body: Readable, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  let isLeft = false;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      body.on('data', (chunk: Uint8Array) => {
        if (isLeft) return;
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) body.pause();
      });
      body.once('end', () => !isLeft && controller.close());
      body.on('error', (error) => controller.error(signal?.aborted ? signal.reason : error));
    },
    pull: () => void body.resume(),
    cancel() {
      isLeft = true;
      body.destroy();
    },
  };
  return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES }));
}

function toHeaders(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

/**
 * One request as `fetch` would send it, without following redirects. The body of the answer comes straight from the
 * connection: through fetch's own streams each piece of a long answer costs half as much again.
 * @throws TypeError `fetch failed` with its cause, or the reason of an aborted signal
 */
export async function sendRequest(
  { request, dispatcher }: { readonly request: typeof undiciRequest; readonly dispatcher: Dispatcher },
  url: URL,
  init: RequestInit,
): Promise<Response> {
  const signal = init.signal ?? undefined;
  signal?.throwIfAborted();
  const headers = new Headers(init.headers);
  const body = toBody(init.body, headers);
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'gzip, deflate, br');
  try {
    const answer = await request(url, {
      dispatcher,
      method: init.method ?? 'GET',
      headers: Object.fromEntries(headers),
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    });
    const received = toHeaders(answer.headers);
    const { statusCode: status } = answer;
    if (WITHOUT_BODY.has(status)) {
      answer.body.resume();
      return new Response(undefined, { status, headers: received });
    }
    return new Response(toWebStream(decoded(answer.body, received.get('content-encoding')), signal), {
      status,
      headers: received,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new TypeError('fetch failed', { cause: error });
  }
}
