import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });

/** What the readers of all streams have seen so far. */
export interface Seen {
  tokens: number;
  /** Journey of each token, milliseconds; gathered only while `isMeasuring`. */
  journeysMs: number[];
  isMeasuring: boolean;
}

export const newSeen = (): Seen => ({ tokens: 0, journeysMs: [], isMeasuring: false });

const take = (seen: Seen, text: string): void => {
  const now = performance.now();
  for (const [, sent] of text.matchAll(/ t(\d+)/g)) {
    seen.tokens += 1;
    if (seen.isMeasuring) seen.journeysMs.push(now - Number(sent) / 1_000);
  }
};

/** Reads one stream to its end; a token cut between two packets is put together again. */
const readAll = (answer: IncomingMessage, seen: Seen): Promise<void> =>
  new Promise((resolve, reject) => {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      const text = rest + chunk;
      const cut = text.lastIndexOf('\n') + 1;
      rest = text.slice(cut);
      take(seen, text.slice(0, cut));
    });
    answer.on('end', () => {
      take(seen, rest);
      resolve();
    });
    answer.on('error', reject);
  });

const call = (
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const ask = request(url, { agent, method: options.method ?? 'GET', headers: options.headers ?? {} }, resolve);
    ask.on('error', reject);
    ask.end(options.body);
  });

const readJson = async (answer: IncomingMessage): Promise<Record<string, string>> => {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  if ((answer.statusCode ?? 500) >= 300) throw new Error(`status ${answer.statusCode}: ${text}`);
  return JSON.parse(text) as Record<string, string>;
};

/** Reads one stream of a plain relay. */
export const readPlain = async (url: string, seen: Seen): Promise<void> => readAll(await call(url, {}), seen);

/** Signs a reader up at the product and gives what sends one message and reads its answer. */
export async function createReader(url: string): Promise<(seen: Seen) => Promise<void>> {
  const json = { 'content-type': 'application/json' };
  const account = { email: `${randomUUID()}@example.com`, name: 'Bench', password: 'quiet-otter-over-the-weir' };
  const { accessToken } = await readJson(
    await call(`${url}/api/auth/register`, { method: 'POST', headers: json, body: JSON.stringify(account) }),
  );
  const headers = { ...json, authorization: `Bearer ${accessToken}` };
  return async (seen) => {
    const body = JSON.stringify({ model: 'bench/model', parts: [{ type: 'text', text: 'Go' }] });
    const sent = await call(`${url}/api/agents/chat`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body,
    });
    const { streamId } = await readJson(sent);
    await readAll(await call(`${url}/api/agents/chat/stream/${streamId}`, { headers }), seen);
  };
}
