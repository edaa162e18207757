import { describe, expect, it } from '@jest/globals';
import { defineContract, isAppError, op, sse } from '@parley/contracts';
import * as z from 'zod';
import { createClient } from './create-client.ts';

const contract = defineContract('notes', '1.0.0', {
  get: op({
    method: 'GET',
    path: '/notes/:id',
    access: 'user',
    input: z.object({ id: z.string(), limit: z.number().optional() }),
    output: z.object({ text: z.string() }),
  }),
  remove: op({
    method: 'DELETE',
    path: '/notes/:id',
    access: 'user',
    input: z.object({ id: z.string() }),
    output: z.void(),
  }),
  watch: sse({
    method: 'GET',
    path: '/watch',
    access: 'user',
    input: z.object({}),
    output: z.object({ n: z.number() }),
  }),
});

const problem = (status: number, code: string, details = {}) =>
  Response.json(
    { title: 'x', status, code, detail: 'why', requestId: 'r1', details },
    {
      status,
      headers: { 'content-type': 'application/problem+json' },
    },
  );

/** Answers one request after the other from a list, and keeps what was asked. */
function fakeFetch(...replies: (Response | (() => Response))[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init });
    const reply = replies.shift();
    if (!reply) return Promise.reject(new TypeError('fetch failed'));
    return Promise.resolve(typeof reply === 'function' ? reply() : reply);
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

const streamOf = (chunks: string[], { open = false } = {}) => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      if (!open) controller.close();
    },
    cancel() {
      cancelled = true;
    },
  });
  return { response: () => new Response(body), isCancelled: () => cancelled };
};

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('createClient', () => {
  it('lays the input out as path and query', async () => {
    const { asked, fetch } = fakeFetch(Response.json({ text: 'hi' }));
    const client = createClient(contract, { baseUrl: 'http://h', fetch, headers: () => ({ 'x-a': '1' }) });
    expect(await client.get({ id: 'a/b', limit: 2 })).toEqual({ text: 'hi' });
    expect(asked[0]?.url).toBe('http://h/api/x/notes/notes/a%2Fb?limit=2');
    expect(asked[0]?.init.headers).toMatchObject({ 'x-a': '1', accept: 'application/json' });
  });

  it('gives undefined for a reply without content', async () => {
    const { fetch } = fakeFetch(new Response(undefined, { status: 204 }));
    expect(await createClient(contract, { fetch }).remove({ id: 'a' })).toBeUndefined();
  });

  it('turns problem+json into an error with code, status and details', async () => {
    const { fetch } = fakeFetch(problem(404, 'NOTES_NOT_FOUND', { id: 'a' }));
    const error = await failure(createClient(contract, { fetch }).get({ id: 'a' }));
    expect(error).toMatchObject({
      code: 'NOTES_NOT_FOUND',
      status: 404,
      message: 'why',
      details: { id: 'a', requestId: 'r1' },
    });
  });

  it('says CLIENT_OFFLINE when no server answers', async () => {
    const error = await failure(createClient(contract, { fetch: fakeFetch().fetch }).get({ id: 'a' }));
    expect(isAppError(error, 'CLIENT_OFFLINE')).toBe(true);
  });

  it('makes an error of a reply that is not JSON', async () => {
    const { fetch } = fakeFetch(new Response('<html>', { status: 502 }));
    expect(await failure(createClient(contract, { fetch }).get({ id: 'a' }))).toMatchObject({ code: 'HTTP_502' });
  });

  it('repeats a request once after the session was renewed', async () => {
    const { asked, fetch } = fakeFetch(problem(401, 'HOST_UNAUTHENTICATED'), Response.json({ text: 'in' }));
    const client = createClient(contract, { fetch, onUnauthorized: () => Promise.resolve(true) });
    expect(await client.get({ id: 'a' })).toEqual({ text: 'in' });
    expect(asked).toHaveLength(2);
  });

  it('gives up on a second 401', async () => {
    const { asked, fetch } = fakeFetch(problem(401, 'A'), problem(401, 'B'), problem(401, 'C'));
    const client = createClient(contract, { fetch, onUnauthorized: () => Promise.resolve(true) });
    expect(await failure(client.get({ id: 'a' }))).toMatchObject({ code: 'B' });
    expect(asked).toHaveLength(2);
  });

  it('reads events over odd chunk borders, past comments', async () => {
    const { fetch, asked } = fakeFetch(
      streamOf([':\n\nid: 1\nda', 'ta: {"n":1}\n', '\nid: 2\ndata: {"n":2}\n\n']).response,
    );
    const events = [];
    for await (const event of createClient(contract, { fetch }).watch({}, { lastEventId: '0' })) events.push(event);
    expect(events).toEqual([
      { id: '1', event: { n: 1 } },
      { id: '2', event: { n: 2 } },
    ]);
    expect(asked[0]?.init.headers).toMatchObject({ accept: 'text/event-stream', 'last-event-id': '0' });
  });

  it('throws the problem of an error event after the events before it', async () => {
    const { fetch } = fakeFetch(
      streamOf(['data: {"n":1}\n\nevent: error\ndata: {"code":"RUN_LOST","status":500,"detail":"gone"}\n\n']).response,
    );
    const events: unknown[] = [];
    const read = async () => {
      for await (const { event } of createClient(contract, { fetch }).watch({})) events.push(event);
    };
    expect(await failure(read())).toMatchObject({ code: 'RUN_LOST', message: 'gone' });
    expect(events).toEqual([{ n: 1 }]);
  });

  it('closes the connection when the reader leaves', async () => {
    const stream = streamOf(['data: {"n":1}\n\n'], { open: true });
    for await (const { event } of createClient(contract, { fetch: fakeFetch(stream.response).fetch }).watch({})) {
      expect(event).toEqual({ n: 1 });
      break;
    }
    expect(stream.isCancelled()).toBe(true);
  });

  it('breaks off a stream that stays silent', async () => {
    const stream = streamOf([], { open: true });
    const client = createClient(contract, { fetch: fakeFetch(stream.response).fetch, idleTimeoutMs: 5 });
    const read = async () => {
      for await (const event of client.watch({})) expect(event).toBeUndefined();
    };
    expect(await failure(read())).toMatchObject({ code: 'CLIENT_STREAM_SILENT' });
    expect(stream.isCancelled()).toBe(true);
  });
});
