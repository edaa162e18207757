import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { kitRun, modelProviderKit } from '@parley/testing/kits';
import { Config } from './config.ts';
import { createOpenAiProvider } from './openai-provider.ts';

const BAD_KEY = 'sk-refused';
const UNICODE = 'Grüße an 世界 👩🏽‍🚀!';
const FAULTS: Readonly<Record<string, readonly [status: number, error: object]>> = {
  MODEL_AUTH: [401, { code: 'invalid_api_key' }],
  MODEL_QUOTA: [429, { code: 'insufficient_quota' }],
  MODEL_RATE_LIMIT: [429, {}],
  MODEL_CONTEXT_TOO_LONG: [400, { code: 'context_length_exceeded' }],
  MODEL_CONTENT_POLICY: [400, { code: 'content_filter' }],
  MODEL_UNAVAILABLE: [503, {}],
  MODEL_BAD_REQUEST: [400, {}],
};
const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const END = `${chunk({}, 'stop')}data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } })}\n\ndata: [DONE]\n\n`;

/** Writes byte by byte, so that every character outside ASCII arrives in pieces. */
const writeBytewise = async (res: ServerResponse, text: string): Promise<void> => {
  for (const byte of Buffer.from(text)) {
    res.write(Uint8Array.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  res.end();
};

const writeSlowly = (res: ServerResponse): void => {
  const timer = setInterval(() => res.write(chunk({ content: 'and on ' })), 20);
  res.on('close', () => clearInterval(timer));
};

const writeHuge = (res: ServerResponse, kilobytes: number): void => {
  const piece = chunk({ content: 'x'.repeat(1_024) });
  let left = kilobytes;
  const fill = (): void => {
    while (left > 0) {
      left -= 1;
      if (!res.write(piece)) return void res.once('drain', fill);
    }
    res.end(END);
  };
  fill();
};

/** A server that speaks Chat Completions; the prompt says how it behaves. */
async function startProtocolServer() {
  let open = 0;
  let received: unknown;
  const answer = (prompt: string, res: ServerResponse): void => {
    const fault = FAULTS[prompt];
    if (fault)
      return void res
        .writeHead(fault[0], { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: fault[1] }));
    open += 1;
    res.on('close', () => (open -= 1));
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    if (prompt === 'slow') return writeSlowly(res);
    if (prompt === 'huge') return writeHuge(res, 10 * 1_024);
    if (prompt === 'reason')
      return void res.end(chunk({ reasoning_content: 'First think. ' }) + chunk({ content: 'Then say.' }) + END);
    if (prompt === 'unicode') return void writeBytewise(res, chunk({ content: UNICODE }) + END);
    res.end(
      `${Array.from(prompt)
        .map((letter) => chunk({ content: letter }))
        .join('')}${END}`,
    );
  };
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const json = (status: number, body: object) =>
      void res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (req.headers.authorization === `Bearer ${BAD_KEY}`) return json(401, { error: { code: 'invalid_api_key' } });
    if (req.url === '/v1/models') return json(200, { object: 'list', data: [{ id: 'kit', object: 'model' }] });
    let body = '';
    for await (const part of req) body += String(part);
    received = JSON.parse(body);
    const { model, messages } = received as { model: string; messages: { content: string }[] };
    if (model !== 'kit') return json(404, { error: { code: 'model_not_found' } });
    answer(messages.at(-1)?.content ?? '', res);
  };
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    openStreams: () => open,
    received: () => received,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The conformance kits this provider passes, through the official SDK against a server that speaks the protocol. */
export const kits = [
  kitRun(modelProviderKit, async () => {
    const server = await startProtocolServer();
    const turn = (prompt: string) => ({ model: 'kit', prompt });
    const connect = (baseUrl: string) =>
      createOpenAiProvider({ config: Config.parse({ baseUrl, apiKey: 'key', maxRetries: 0 }), fetch });
    return {
      value: {
        provider: connect(server.url),
        withoutKey: createOpenAiProvider({ config: Config.parse({}), fetch }),
        credentials: { good: { apiKey: 'key' }, bad: { apiKey: BAD_KEY } },
        upstream: { url: server.url, connect },
        turns: {
          plain: { ...turn('Say this back'), text: 'Say this back' },
          slow: turn('slow'),
          reasoning: turn('reason'),
          unicode: { ...turn('unicode'), text: UNICODE },
          huge: turn('huge'),
        },
        openStreams: server.openStreams,
        received: server.received,
        faults: Object.fromEntries(Object.keys(FAULTS).map((code) => [code, turn(code)])),
      },
      dispose: server.stop,
    };
  }),
];
