import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { serveStream } from './serve-stream.ts';
import type { StreamTimes } from './serve-stream.ts';

const TIMES: StreamTimes = { heartbeatMs: 5, stallMs: 50, openMs: 5 };

/** Serves one stream to each request; `signal` aborts when the reader leaves. */
async function start(events: (signal: AbortSignal) => AsyncIterable<unknown>, times: StreamTimes) {
  const server = createServer((_request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    void serveStream({
      response,
      events: events(gone.signal),
      frame: (item) => `data: ${String(item)}\n\n`,
      signal: gone.signal,
      onError: () => ({ type: 'about:blank', title: 'x', status: 500, detail: 'x', code: 'X' }),
      times,
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, stop: () => (server.closeAllConnections(), server.close()) };
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

describe('serveStream', () => {
  it('sends a comment from time to time while there is nothing to tell', async () => {
    const { url, stop } = await start(async function* quiet(signal) {
      await aborted(signal);
      yield 'never';
    }, TIMES);
    const controller = new AbortController();
    const response = await fetch(url, { signal: controller.signal });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^(:\n\n)+$/);
    controller.abort();
    stop();
  });

  it('lets somebody look with each heartbeat whether the reader may still read', async () => {
    const allowed = new AbortController();
    let beats = 0;
    const server = createServer((_request, response) => {
      void serveStream({
        response,
        events: (async function* quiet() {
          await aborted(allowed.signal);
          if (!allowed.signal.aborted) yield 'never';
        })(),
        frame: String,
        signal: allowed.signal,
        onError: () => ({ type: 'about:blank', title: 'x', status: 500, detail: 'x', code: 'X' }),
        onHeartbeat: () => {
          beats += 1;
          if (beats === 3) allowed.abort();
        },
        times: TIMES,
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe(':\n\n'.repeat(3));
    server.close();
  });

  it('cuts off a reader that leaves the socket full for too long', async () => {
    const gone = Promise.withResolvers<boolean>();
    const { port, stop } = await start(
      async function* flood(signal) {
        while (!signal.aborted) yield 'x'.repeat(65_536);
        gone.resolve(signal.aborted);
      },
      { ...TIMES, heartbeatMs: 60_000 },
    );
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await gone.promise).toBe(true);
    socket.destroy();
    stop();
  });

  it('keeps the order of events and ends after the last', async () => {
    const { url, stop } = await start(async function* three() {
      yield* [1, 2, 3];
    }, TIMES);
    expect((await (await fetch(url)).text()).replaceAll(':\n\n', '')).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n');
    stop();
  });
});
