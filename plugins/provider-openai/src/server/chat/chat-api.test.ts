import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, isAppError } from '@parley/contracts';
import type { ModelEvent, ModelRequest } from '@parley/contracts';
import { Config } from '../config.ts';
import { createConnect } from '../connect.ts';
import { createOpenAiProvider } from '../openai-provider.ts';

const request = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'gpt-5',
  messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ada' }),
  requestId: 'r1',
  ...more,
});
const provider = (baseUrl: string, more: object = {}) => {
  const config = Config.parse({ baseUrl, apiKey: 'key', maxRetries: 0, ...more });
  return createOpenAiProvider({ config, connect: createConnect({ config, fetch }) });
};
const gather = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};
const words = (events: readonly ModelEvent[], type: 'text' | 'reasoning' = 'text') =>
  events.map((event) => (event.type === type ? event.text : '')).join('');
const failure = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return isAppError(error) ? error.code : `unexpected: ${String(error)}`;
  }
  return 'nothing thrown';
};
const signal = () => new AbortController().signal;

describe('against a server that speaks the protocol', () => {
  const mock = new LLMock({ port: 0 });
  beforeAll(async () => {
    mock.onMessage('hello', { content: 'Grüße, 世界 👋🏽!' });
    mock.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Paris"}' }] });
    mock.onMessage('think', { content: 'answer', reasoning: 'let me think' });
    await mock.start();
  });
  afterAll(() => mock.stop());

  it('streams text that is whole, with usage and one finish at the end', async () => {
    const events = await gather(provider(`${mock.url}/v1`).stream(request('hello'), signal()));
    expect(words(events)).toBe('Grüße, 世界 👋🏽!');
    expect(events.filter((event) => event.type === 'finish')).toMatchObject([{ type: 'finish', reason: 'stop' }]);
  });

  it('gives the tool calls of the model as parsed input', async () => {
    const tools = [
      {
        name: 'get_weather',
        description: 'Weather',
        inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
      },
    ];
    const events = await gather(provider(`${mock.url}/v1`).stream(request('weather', { tools }), signal()));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'tool-call', name: 'get_weather', input: { city: 'Paris' } }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' });
  });

  it('lists the models of the server', async () => {
    const models = await provider(`${mock.url}/v1`).listModels(signal());
    expect(models.length).toBeGreaterThan(0);
  });

  it('reports a model the server does not know', async () => {
    expect(await failure(gather(provider(`${mock.url}/v1`).stream(request('nothing matches this'), signal())))).toBe(
      'MODEL_NOT_FOUND',
    );
  });
});

describe('against a server that misbehaves', () => {
  let answer: (req: IncomingMessage, res: ServerResponse) => void = () => undefined;
  let closed: Promise<void> = Promise.resolve();
  const server = createServer((req, res) => {
    closed = new Promise((resolve) => res.on('close', resolve));
    answer(req, res);
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const streaming = (write: (res: ServerResponse) => void) => {
    answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      write(res);
    };
  };
  const refusing = (status: number, error: object, headers: Record<string, string> = {}) => {
    answer = (_req, res) =>
      res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error }));
  };

  it('keeps a character whole that is cut between two packets', async () => {
    streaming((res) => {
      const bytes = Buffer.from(chunk({ content: 'a👋b' }) + chunk({}, 'stop'));
      const cut = bytes.indexOf(0xf0) + 2;
      res.write(bytes.subarray(0, cut));
      setTimeout(() => res.end(bytes.subarray(cut)), 20);
    });
    expect(words(await gather(provider(url).stream(request('x'), signal())))).toBe('a👋b');
  });

  it('reads reasoning of compatible servers, comments, empty chunks and CRLF', async () => {
    streaming((res) =>
      res.end(
        `: hi\r\n\r\n${chunk({ reasoning_content: 'hm' })}${chunk({ reasoning: ' so' })}data: {"choices":[]}\n\n${chunk({ content: 'yes' }, 'stop')}data: [DONE]\n\n`,
      ),
    );
    const events = await gather(provider(url).stream(request('x'), signal()));
    expect([words(events, 'reasoning'), words(events)]).toEqual(['hm so', 'yes']);
  });

  it('reports a stream that is cut, after the pieces that came', async () => {
    streaming((res) => {
      res.write(chunk({ content: 'half' }));
      setTimeout(() => res.destroy(), 20);
    });
    const seen: ModelEvent[] = [];
    const code = await failure(
      (async () => {
        for await (const event of provider(url).stream(request('x'), signal())) seen.push(event);
      })(),
    );
    expect([code, words(seen)]).toEqual(['MODEL_UNAVAILABLE', 'half']);
  });

  it('reports a stream that ends without its finish', async () => {
    streaming((res) => res.end(chunk({ content: 'half' })));
    expect(await failure(gather(provider(url).stream(request('x'), signal())))).toBe('MODEL_UNAVAILABLE');
  });

  it('reports an error inside the stream and one that is not JSON', async () => {
    streaming((res) => res.end(`data: {"error":{"code":"insufficient_quota","message":"no"}}\n\n`));
    expect(await failure(gather(provider(url).stream(request('x'), signal())))).toBe('MODEL_QUOTA');
    streaming((res) => res.end('data: {oops\n\n'));
    expect(await failure(gather(provider(url).stream(request('x'), signal())))).toBe('MODEL_UNAVAILABLE');
  });

  it('gives up a server that stays silent', async () => {
    streaming((res) => res.write(chunk({ content: 'a' })));
    expect(await failure(gather(provider(url, { idleTimeoutMs: 100 }).stream(request('x'), signal())))).toBe(
      'MODEL_TIMEOUT',
    );
    answer = () => undefined;
    expect(await failure(gather(provider(url, { firstByteTimeoutMs: 100 }).stream(request('x'), signal())))).toBe(
      'MODEL_TIMEOUT',
    );
  });

  it.each([
    [401, {}, 'MODEL_AUTH'],
    [403, {}, 'MODEL_AUTH'],
    [429, {}, 'MODEL_RATE_LIMIT'],
    [429, { code: 'insufficient_quota' }, 'MODEL_QUOTA'],
    [400, { code: 'context_length_exceeded' }, 'MODEL_CONTEXT_TOO_LONG'],
    [400, { code: 'content_filter' }, 'MODEL_CONTENT_POLICY'],
    [404, { code: 'model_not_found' }, 'MODEL_NOT_FOUND'],
    [400, {}, 'MODEL_BAD_REQUEST'],
    [500, {}, 'MODEL_UNAVAILABLE'],
  ])('turns status %i %j into %s', async (status, error, code) => {
    refusing(status, error);
    expect(await failure(gather(provider(url).stream(request('x'), signal())))).toBe(code);
  });

  it('says when to try again after too many requests', async () => {
    refusing(429, {}, { 'retry-after': '7' });
    await expect(gather(provider(url).stream(request('x'), signal()))).rejects.toThrow('try again in 7 s');
  });

  it('never shows the words of the provider, which may repeat the prompt', async () => {
    refusing(400, { message: 'you said CANARY' });
    await expect(gather(provider(url).stream(request('x'), signal()))).rejects.not.toThrow('CANARY');
  });

  it('closes the upstream within a second after an abort', async () => {
    streaming((res) => res.write(chunk({ content: 'a' })));
    const abort = new AbortController();
    const started = performance.now();
    const run = (async () => {
      for await (const event of provider(url).stream(request('x'), abort.signal))
        if (event.type === 'text') abort.abort(new Error('stopped'));
    })();
    await expect(run).rejects.toThrow('stopped');
    await closed;
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('refuses parameters the models do not have', async () => {
    expect(await failure(gather(provider(url).stream(request('x', { parameters: { temprature: 1 } }), signal())))).toBe(
      'MODEL_BAD_REQUEST',
    );
  });
});
