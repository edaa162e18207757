import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { sendRequest } from './send-request.ts';

describe('sendRequest', () => {
  let answer: (req: IncomingMessage, res: ServerResponse) => void = () => undefined;
  let closed: Promise<void> = Promise.resolve();
  const server = createServer((req, res) => {
    closed = new Promise((resolve) => res.on('close', resolve));
    answer(req, res);
  });
  const dispatcher = new Agent();
  let url: URL;
  const send = (init: RequestInit = {}) => sendRequest({ request, dispatcher }, url, init);
  const echo = () => {
    answer = (req, res) => {
      res.setHeader('x-type', req.headers['content-type'] ?? '');
      req.pipe(res);
    };
  };
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await dispatcher.destroy();
  });

  it('sends text and gives status, headers and body', async () => {
    echo();
    const response = await send({ method: 'POST', body: 'hello', headers: { 'content-type': 'text/x' } });
    expect([response.status, response.headers.get('x-type'), await response.text()]).toEqual([200, 'text/x', 'hello']);
  });

  it('sends a form with its own content type', async () => {
    echo();
    const form = new FormData();
    form.set('name', 'Ada');
    const response = await send({ method: 'POST', body: form });
    expect(response.headers.get('x-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect(await response.text()).toContain('Ada');
  });

  it('unpacks what came packed', async () => {
    answer = (_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'));
    expect(await (await send()).text()).toBe('packed');
  });

  it('fails on a body that is packed wrongly, and the process goes on', async () => {
    answer = (_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end('not packed');
    await expect((await send()).text()).rejects.toThrow('incorrect header check');
  });

  it('takes an answer without a body', async () => {
    answer = (_req, res) => res.writeHead(204).end();
    const response = await send();
    expect([response.status, response.body]).toEqual([204, null]);
  });

  it('gives pieces as they come, and holds back a fast sender', async () => {
    const bytes = 8 * 1_024 * 1_024;
    let written = 0;
    answer = (_req, res) => {
      const fill = () => {
        while (written < bytes) {
          written += 65_536;
          if (res.write(Buffer.alloc(65_536))) continue;
          res.once('drain', fill);
          return;
        }
        res.end();
      };
      fill();
    };
    const reader = (await send()).body?.getReader();
    await reader?.read();
    const early = written;
    let read = 65_536;
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      read += value?.length ?? 0;
    }
    expect(early).toBeLessThan(bytes);
    expect(read).toBeGreaterThanOrEqual(bytes);
  });

  it('closes the connection when the reader leaves', async () => {
    answer = (_req, res) => void res.write('a');
    await (await send()).body?.cancel();
    await closed;
  });

  it('ends with the reason of an abort, before and after the answer began', async () => {
    answer = () => undefined;
    const early = new AbortController();
    const waiting = send({ signal: early.signal });
    early.abort(new Error('changed my mind'));
    await expect(waiting).rejects.toThrow('changed my mind');
    answer = (_req, res) => void res.write('a');
    const late = new AbortController();
    const response = await send({ signal: late.signal });
    late.abort(new Error('enough'));
    await expect(response.text()).rejects.toThrow('enough');
    await closed;
  });

  it('says that fetch failed when nobody answers', async () => {
    answer = (req) => void req.socket.destroy();
    await expect(send()).rejects.toThrow('fetch failed');
  });
});
