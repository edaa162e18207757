import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFaultProxy, startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { createClient, resumeStream } from '@parley/web/client';
import { createSamplePlugin, sampleContract } from '../fixtures/sample-plugin.ts';
import type { StreamLog } from '../fixtures/sample-plugin.ts';

describe('streams over HTTP', () => {
  let host: TestHost;
  const log: StreamLog = { pulled: 0, isClosed: false };
  beforeAll(async () => {
    host = await startTestHost({ plugins: [createSamplePlugin(log)] });
  });
  afterAll(() => host.stop());

  const watch = (mode: string, init: RequestInit = {}) => host.request(`/api/x/sample/watch/${mode}`, init);
  const until = async (isTrue: () => boolean) => {
    while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('writes id, event and data of each event', async () => {
    const response = await watch('three');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const text = await response.text();
    expect(text.split('\n\n')[0]).toBe('id: 1\nevent: tick\ndata: {"seq":1,"type":"tick","text":"a\\nb"}');
    expect(text.match(/^id: \d$/gm)).toEqual(['id: 1', 'id: 2', 'id: 3']);
  });

  it('passes frames that are encoded already', async () => {
    expect(await (await watch('frames')).text()).toBe('id: 1\ndata: {"seq":1}\n\nid: 2\ndata: {"seq":2}\n\n');
  });

  it('goes on after Last-Event-ID', async () => {
    const text = await (await watch('three', { headers: { 'last-event-id': '2' } })).text();
    expect(text.match(/^id: \d$/gm)).toEqual(['id: 3']);
  });

  it('answers 204 when there is no more to come', async () => {
    expect((await watch('three', { headers: { 'last-event-id': '3' } })).status).toBe(204);
  });

  it('answers an error before the first event with its status', async () => {
    const response = await watch('early-error');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'SAMPLE_GONE' });
  });

  it('ends with an error event when it fails later, without a word of the inside', async () => {
    const text = await (await watch('late-error')).text();
    expect(text).toMatch(/\n\nevent: error\ndata: \{.*"code":"HOST_INTERNAL".*\}\n\n$/);
    expect(text).not.toContain('swordfish');
  });

  it('opens at once though no event comes, and stops the handler when the reader leaves', async () => {
    log.isClosed = false;
    const controller = new AbortController();
    const response = await watch('quiet', { signal: controller.signal });
    expect(response.status).toBe(200);
    controller.abort();
    await until(() => log.isClosed);
    expect(log.isClosed).toBe(true);
  });

  it('asks the handler for no more while the reader does not read', async () => {
    log.pulled = 0;
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
    socket.pause();
    socket.write('GET /api/x/sample/watch/flood HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
    let last = -1;
    await until(() => log.pulled > 5);
    while (log.pulled !== last) {
      last = log.pulled;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(log.pulled * 65_536).toBeLessThan(16 * 1024 * 1024);
    log.isClosed = false;
    socket.destroy();
    await once(socket, 'close');
    await until(() => log.isClosed);
    expect(log.isClosed).toBe(true);
  });

  it.each([1, 400, 700, 800, 850, 900, 1_000])(
    'loses and doubles nothing when cut after %i bytes',
    async (cutAfterBytes) => {
      const proxy = await startFaultProxy(host.url, { cutAfterBytes });
      const client = createClient(sampleContract, { baseUrl: proxy.url });
      const seen: number[] = [];
      const stream = resumeStream((call) => client.watch({ mode: 'three' }, call), {
        signal: AbortSignal.timeout(5_000),
        wait: () => Promise.resolve(proxy.set({})),
      });
      for await (const { event } of stream) seen.push(event.seq);
      await proxy.stop();
      expect(seen).toEqual([1, 2, 3]);
    },
  );
});
