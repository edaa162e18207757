import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Piece } from '../wire.ts';

/** A service that speaks the protocol on a free port, for tests; what it answers stands in the prompt. */
export interface FakeService {
  readonly url: string;
  readonly key: string;
  /** Answers being written now. */
  readonly openAnswers: () => number;
  readonly stop: () => Promise<void>;
}

const KEY = 'a-key-for-tests';
const MEGABYTE = 'x'.repeat(1_000_000);

/** Starts the service. */
export async function startFakeService(): Promise<FakeService> {
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    answer(request, response).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: KEY,
    openAnswers: () => open,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { messages } = JSON.parse(body) as { readonly messages: readonly { readonly text: string }[] };
  const [what = '', words = ''] = (messages.at(-1)?.text ?? '').split(/:(.*)/s);
  if (request.headers.authorization !== `Bearer ${KEY}`) return refuse(response, 401);
  if (what === 'status') return refuse(response, Number(words));
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  if (what === 'slow') return writeSlowly(response);
  if (what === 'cut') return cut(response);
  if (what === 'think') await write(response, { thought: 'Let me see.' });
  if (what === 'huge') for (let count = 0; count < 10; count += 1) await write(response, { text: MEGABYTE });
  else await write(response, { text: words === '' ? `You said: ${what}` : words });
  await write(response, { done: { reason: 'stop', read: 1, written: 1 } });
  response.end();
}

const refuse = (response: ServerResponse, status: number): void =>
  void response.writeHead(status, status === 429 ? { 'retry-after': '3' } : {}).end();

/** Byte by byte where it is short, so that characters are cut in two on the way. */
async function write(response: ServerResponse, piece: Piece): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(piece)}\n`);
  const pieces = bytes.length < 200 ? Array.from(bytes, (byte) => Buffer.of(byte)) : [bytes];
  for (const each of pieces) if (!response.write(each)) await once(response, 'drain');
}

async function writeSlowly(response: ServerResponse): Promise<void> {
  for (let count = 0; count < 100 && !response.destroyed; count += 1) {
    await write(response, { text: `${count} ` });
    await sleep(100);
  }
  response.end();
}

async function cut(response: ServerResponse): Promise<void> {
  await write(response, { text: 'Half an ans' });
  response.destroy();
}
