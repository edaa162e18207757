import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModelEvent } from '@parley/contracts';
import { codeOf, createProvider, gather, only, signal, toRequest, wordsOf } from '../fixtures/ask.ts';

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
    expect(wordsOf(await gather(createProvider(url).stream(toRequest('x'), signal())))).toBe('a👋b');
  });

  const stopped = chunk({}, 'stop');
  const calling = (...calls: readonly object[]) => chunk({ tool_calls: calls });

  it('tells calls apart to which the server gives one place, and names those it leaves nameless', async () => {
    streaming((res) =>
      res.end(
        calling({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at":1}' } }) +
          calling({ index: 0, id: 'b', function: { name: 'look', arguments: '{"at":2}' } }) +
          calling({ index: 1, function: { name: 'go', arguments: '{' } }) +
          calling({ index: 1, function: { arguments: '}' } }) +
          stopped,
      ),
    );
    const events = await gather(createProvider(url).stream(toRequest('x'), signal()));
    expect(only(events, 'tool-call')).toMatchObject([
      { callId: 'a', input: { at: 1 } },
      { callId: 'b', input: { at: 2 } },
      { callId: expect.stringMatching(/./), name: 'go', input: {} },
    ]);
    expect(events.at(-1)).toMatchObject({ reason: 'tool-calls' });
  });

  it('keeps what a server wants back with thoughts and calls', async () => {
    const detail = (text: string) => ({ type: 'reasoning.text', index: 0, text });
    streaming((res) =>
      res.end(
        chunk({ reasoning: 'I ', reasoning_details: [detail('I ')] }) +
          chunk({ reasoning: 'look.', reasoning_details: [{ ...detail('look.'), signature: 's' }] }) +
          calling({
            index: 0,
            id: 'a',
            function: { name: 'look' },
            extra_content: { google: { thought_signature: 't' } },
          }) +
          chunk({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] }) +
          stopped,
      ),
    );
    const events = await gather(createProvider(url).stream(toRequest('x'), signal()));
    const kept = events.flatMap((event) => ('opaque' in event ? [event.opaque?.data] : []));
    expect(kept).toEqual([
      { field: 'reasoning', details: [{ type: 'reasoning.text', index: 0, text: 'I look.', signature: 's' }] },
      { details: [{ type: 'reasoning.encrypted', data: 'x' }] },
      { extra: { google: { thought_signature: 't' } } },
    ]);
  });

  it('finishes a refusal as one, and an answer that only says that it is done', async () => {
    streaming((res) => res.end(chunk({ refusal: 'I can not.' }) + stopped));
    const refused = await gather(createProvider(url).stream(toRequest('x'), signal()));
    expect([wordsOf(refused), refused.at(-1)]).toMatchObject(['I can not.', { reason: 'content-filter' }]);
    streaming((res) => res.end(`${chunk({ content: 'yes' })}data: [DONE]\n\n`));
    const done = await gather(createProvider(url).stream(toRequest('x'), signal()));
    expect(done.at(-1)).toMatchObject({ reason: 'stop' });
  });

  it('asks a server that can not count without that wish, and only the first time with it', async () => {
    const asked: boolean[] = [];
    answer = (req, res) => {
      let body = '';
      req.on('data', (piece) => (body += String(piece)));
      req.on('end', () => {
        asked.push(body.includes('stream_options'));
        const detail = [{ type: 'extra_forbidden', loc: ['body', 'stream_options'] }];
        if (asked.at(-1)) res.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify({ detail }));
        else res.end(chunk({ content: 'yes' }) + stopped);
      });
    };
    const provider = createProvider(url);
    for (const _time of [1, 2]) {
      expect(wordsOf(await gather(provider.stream(toRequest('x'), signal())))).toBe('yes');
    }
    expect(asked).toEqual([true, false, false]);
  });

  it('tells the sources that a server adds', async () => {
    const url_citation = { url: 'https://example.org/', title: 'A source' };
    streaming((res) =>
      res.end(chunk({ content: 'a', annotations: [{ type: 'url_citation', url_citation }] }) + stopped),
    );
    const events = await gather(createProvider(url).stream(toRequest('x'), signal()));
    expect(only(events, 'part')).toMatchObject([{ part: { type: 'citation', ...url_citation } }]);
  });

  it('names the parameter that the server refused', async () => {
    refusing(400, { code: 'unsupported_value', param: 'temperature' });
    await expect(gather(createProvider(url).stream(toRequest('x'), signal()))).rejects.toThrow('at temperature');
    refusing(400, { param: 'you said CANARY' });
    await expect(gather(createProvider(url).stream(toRequest('x'), signal()))).rejects.not.toThrow('CANARY');
  });

  it('reads reasoning of compatible servers, comments, empty chunks and CRLF', async () => {
    streaming((res) =>
      res.end(
        `: hi\r\n\r\n${chunk({ reasoning_content: 'hm' })}${chunk({ reasoning: ' so' })}data: {"choices":[]}\n\n${chunk({ content: 'yes' }, 'stop')}data: [DONE]\n\n`,
      ),
    );
    const events = await gather(createProvider(url).stream(toRequest('x'), signal()));
    expect([wordsOf(events, 'reasoning'), wordsOf(events)]).toEqual(['hm so', 'yes']);
  });

  it('reports a stream that is cut, after the pieces that came', async () => {
    streaming((res) => {
      res.write(chunk({ content: 'half' }));
      setTimeout(() => res.destroy(), 20);
    });
    const seen: ModelEvent[] = [];
    const code = await codeOf(
      (async () => {
        for await (const event of createProvider(url).stream(toRequest('x'), signal())) seen.push(event);
      })(),
    );
    expect([code, wordsOf(seen)]).toEqual(['MODEL_UNAVAILABLE', 'half']);
  });

  it('reports a stream that ends without its finish', async () => {
    streaming((res) => res.end(chunk({ content: 'half' })));
    expect(await codeOf(gather(createProvider(url).stream(toRequest('x'), signal())))).toBe('MODEL_UNAVAILABLE');
  });

  it('reports an error inside the stream and one that is not JSON', async () => {
    streaming((res) => res.end(`data: {"error":{"code":"insufficient_quota","message":"no"}}\n\n`));
    expect(await codeOf(gather(createProvider(url).stream(toRequest('x'), signal())))).toBe('MODEL_QUOTA');
    streaming((res) => res.end(`data: {"error":{"code":429,"message":"no"}}\n\n`));
    expect(await codeOf(gather(createProvider(url).stream(toRequest('x'), signal())))).toBe('MODEL_RATE_LIMIT');
    streaming((res) => res.end('data: {oops\n\n'));
    expect(await codeOf(gather(createProvider(url).stream(toRequest('x'), signal())))).toBe('MODEL_UNAVAILABLE');
  });

  it('gives up a server that stays silent', async () => {
    streaming((res) => res.write(chunk({ content: 'a' })));
    expect(await codeOf(gather(createProvider(url, { idleTimeoutMs: 100 }).stream(toRequest('x'), signal())))).toBe(
      'MODEL_TIMEOUT',
    );
    answer = () => undefined;
    expect(
      await codeOf(gather(createProvider(url, { firstByteTimeoutMs: 100 }).stream(toRequest('x'), signal()))),
    ).toBe('MODEL_TIMEOUT');
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
    expect(await codeOf(gather(createProvider(url).stream(toRequest('x'), signal())))).toBe(code);
  });

  it('says when to try again after too many requests', async () => {
    refusing(429, {}, { 'retry-after': '7' });
    await expect(gather(createProvider(url).stream(toRequest('x'), signal()))).rejects.toThrow('try again in 7 s');
  });

  it('never shows the words of the provider, which may repeat the prompt', async () => {
    refusing(400, { message: 'you said CANARY' });
    await expect(gather(createProvider(url).stream(toRequest('x'), signal()))).rejects.not.toThrow('CANARY');
  });

  it('closes the upstream within a second after an abort', async () => {
    streaming((res) => res.write(chunk({ content: 'a' })));
    const abort = new AbortController();
    const started = performance.now();
    const run = (async () => {
      for await (const event of createProvider(url).stream(toRequest('x'), abort.signal))
        if (event.type === 'text') abort.abort(new Error('stopped'));
    })();
    await expect(run).rejects.toThrow('stopped');
    await closed;
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('refuses parameters the models do not have', async () => {
    expect(
      await codeOf(gather(createProvider(url).stream(toRequest('x', { parameters: { temprature: 1 } }), signal()))),
    ).toBe('MODEL_BAD_REQUEST');
  });
});
