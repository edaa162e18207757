import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectTo, gather, signal, textOf, toRequest } from './fixtures/ask.ts';
import { ACCESS_KEY } from './fixtures/check-signature.ts';
import { BARE_MODEL, MODEL, startProtocolServer, WHOLE_MODEL } from './fixtures/protocol-server.ts';

const weather = { name: 'kit_weather', description: '', inputSchema: { type: 'object', properties: {} } };
let server: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  server = await startProtocolServer();
});
afterAll(() => server.stop());
const ask = (prompt: string, more: object = {}, settings: object = {}) =>
  gather(connectTo(server.url, settings).stream(toRequest(prompt, more), signal()));

describe('who asks', () => {
  const withKeys = (more: object = {}) => ({ apiKey: undefined, ...ACCESS_KEY, ...more });

  it('signs with the access key of the settings, for the region', async () => {
    const { events, error } = await ask('hi', {}, withKeys());
    expect(error).toBeUndefined();
    expect(textOf(events)).toBe('hi');
    expect(server.asked.at(-1)).toBe(`POST /model/${encodeURIComponent(MODEL)}/converse-stream`);
  });

  it('signs what it asks for itself in the same way', async () => {
    expect((await connectTo(server.url, withKeys()).listModels(signal())).length).toBeGreaterThan(0);
  });

  it.each([
    ['another secret', withKeys({ secretAccessKey: 'other' })],
    ['another region', withKeys({ region: 'eu-west-1' })],
  ])('is refused with %s', async (_what, settings) => {
    expect((await ask('hi', {}, settings)).error).toMatchObject({ code: 'MODEL_AUTH' });
    await expect(connectTo(server.url, settings).listModels(signal())).rejects.toMatchObject({ code: 'MODEL_AUTH' });
  });

  it('uses the access key and the region of a request in place of its own', async () => {
    const settings = { apiKey: undefined, region: 'eu-west-1' };
    const { error } = await ask('hi', { credentials: { ...ACCESS_KEY, region: 'us-east-1' } }, settings);
    expect(error).toBeUndefined();
  });

  it('refuses a region that is not offered, and half a key', async () => {
    const elsewhere = { credentials: { ...ACCESS_KEY, region: 'evil.test/' } };
    expect((await ask('hi', elsewhere)).error).toMatchObject({ code: 'MODEL_BAD_REQUEST' });
    const half = { credentials: { accessKeyId: 'AKID', secretAccessKey: '' } };
    expect((await ask('hi', half)).error).toMatchObject({ code: 'MODEL_NEEDS_KEY' });
  });
});

describe('the list of models', () => {
  it('holds what one can talk with, profiles included', async () => {
    const models = await connectTo(server.url).listModels(signal());
    expect(models.map(({ id }) => id)).toEqual([
      'meta.words-v1',
      'amazon.films-v1',
      'us.anthropic.kit-v1:0',
      'us.elsewhere.words-v1',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
    ]);
    expect(models[1]).toMatchObject({ name: 'Kitty Kit', abilities: { vision: true, video: true, audio: true } });
    expect(models[2]).toMatchObject({ name: 'Profile us.anthropic.kit-v1:0', abilities: { vision: true } });
    expect(models[4]).toMatchObject({ abilities: { vision: false } });
  });

  it('is the one of the settings where they have one', async () => {
    const models = await connectTo(server.url, { models: ['a.b'] }).listModels(signal());
    expect(models).toMatchObject([{ id: 'a.b', name: 'a.b' }]);
  });

  it('spares a model the pictures it does not see', async () => {
    const provider = connectTo(server.url);
    await provider.listModels(signal());
    const file = { id: '01900000-0000-7000-8000-000000000001', name: 'a.png', mime: 'image/png', sizeBytes: 3 };
    const messages = [{ role: 'user' as const, parts: [{ type: 'file' as const, file }] }];
    const model = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
    const readFile = async () => ({ bytes: Uint8Array.of(1, 2, 3), mime: 'image/png' });
    const { events } = await gather(provider.stream(toRequest('', { model, messages, readFile }), signal()));
    expect(events[0]).toMatchObject({ type: 'notice', text: expect.stringContaining('a.png') });
  });
});

describe('a model that does not stream', () => {
  it('is asked for its answer in one piece', async () => {
    const saveFile = async () => ({ id: 'f1', name: 'image.png', mime: 'image/png', sizeBytes: 4 });
    const { events } = await ask('hello', { model: WHOLE_MODEL, saveFile });
    expect(events).toMatchObject([
      { type: 'text', text: 'hello' },
      { type: 'text', text: ' Sure.' },
      { type: 'part', part: { type: 'citation', title: 'Report' } },
      { type: 'part', part: { type: 'file', file: { id: 'f1' } } },
      { type: 'usage', usage: { inputTokens: 5, outputTokens: 2 } },
      { type: 'finish', reason: 'stop', providerRequestId: 'req-kit' },
    ]);
  });

  it('is not asked in vain again', async () => {
    const provider = connectTo(server.url, { guardrail: { id: 'g1' } });
    const askWhole = () => gather(provider.stream(toRequest('hello', { model: WHOLE_MODEL }), signal()));
    await askWhole();
    await askWhole();
    const paths = server.asked.slice(-3).map((asked) => asked.split('/').at(-1));
    expect(paths).toEqual(['converse-stream', 'converse', 'converse']);
    expect(server.received()?.['guardrailConfig']).toEqual({
      guardrailIdentifier: 'g1',
      guardrailVersion: 'DRAFT',
      trace: 'enabled',
    });
  });

  it('calls tools, and its thoughts are kept', async () => {
    const { events } = await ask('tools', { model: WHOLE_MODEL, tools: [weather] });
    expect(events).toMatchObject([
      { type: 'reasoning', text: 'Hm.', opaque: { family: 'bedrock.ai21', data: { signature: 'kit-whole' } } },
      { type: 'reasoning', text: '', opaque: { data: { redactedContent: Buffer.from('whole').toString('base64') } } },
      { type: 'tool-call', callId: 't1', name: 'kit_weather', input: { city: 'Paris' } },
      { type: 'usage' },
      { type: 'finish', reason: 'tool-calls' },
    ]);
  });
});

describe('a model that uses no tools', () => {
  it('is asked without them, and the person hears it; it is not asked in vain again', async () => {
    const provider = connectTo(server.url);
    const askBare = () => gather(provider.stream(toRequest('hi', { model: BARE_MODEL, tools: [weather] }), signal()));
    const { events } = await askBare();
    expect(events[0]).toMatchObject({ type: 'notice', level: 'warning', text: expect.stringContaining('no tools') });
    expect(textOf(events)).toBe('hi');
    const before = server.asked.length;
    expect((await askBare()).events[0]).toMatchObject({ type: 'notice' });
    expect(server.asked.length).toBe(before + 1);
  });
});

describe('how an answer ends', () => {
  it.each([
    ['length', 'length'],
    ['filtered', 'content-filter'],
    ['usage', 'stop'],
  ])('%s: with the reason %s and the id of the request', async (prompt, reason) => {
    expect((await ask(prompt)).events.at(-1)).toEqual({ type: 'finish', reason, providerRequestId: 'req-kit' });
  });

  it('names what a guardrail found, and never the words', async () => {
    const { events, error } = await ask('blocked');
    expect(textOf(events)).toBe('I must not.');
    expect(events.at(-1)).toMatchObject({
      type: 'notice',
      level: 'warning',
      text: 'A guardrail stopped this answer: topic Finance, a word of the list.',
    });
    expect(error).toMatchObject({
      code: 'MODEL_CONTENT_POLICY',
      details: { reason: 'topic Finance, a word of the list' },
    });
    expect(JSON.stringify([events, error])).not.toContain('a-secret-word');
  });

  it('says so when a guardrail does not tell why', async () => {
    expect((await ask('untold')).error).toMatchObject({ code: 'MODEL_CONTENT_POLICY' });
  });

  it('finishes when a guardrail only hid something', async () => {
    const { events, error } = await ask('masked');
    expect(error).toBeUndefined();
    expect(events).toContainEqual({
      type: 'notice',
      level: 'info',
      text: 'A guardrail hid parts of this answer: data EMAIL.',
    });
    expect(events.at(-1)).toMatchObject({ type: 'finish' });
  });

  it('gives sources after the text, and no call for what ran at AWS', async () => {
    const { events } = await ask('search');
    expect(events.slice(0, 3)).toEqual([
      { type: 'text', text: 'It is so.' },
      { type: 'part', part: { type: 'citation', title: 'example.org', url: 'https://example.org/a' } },
      { type: 'part', part: { type: 'citation', title: 'Report', quote: 'it is so' } },
    ]);
  });
});

describe('a stream that goes wrong', () => {
  it.each([
    ['throttled', 'MODEL_RATE_LIMIT', 'a'],
    ['broken', 'MODEL_UNAVAILABLE', 'a'],
    ['refused', 'MODEL_CONTEXT_TOO_LONG', 'a'],
    ['failing', 'MODEL_UNAVAILABLE', 'a'],
    ['malformed', 'MODEL_UNAVAILABLE', 'x'],
    ['damaged', 'MODEL_UNAVAILABLE', 'good'],
    ['garbage', 'MODEL_UNAVAILABLE', ''],
    ['not-json', 'MODEL_UNAVAILABLE', ''],
    ['unfinished', 'MODEL_UNAVAILABLE', 'a'],
    ['half-frame', 'MODEL_UNAVAILABLE', 'a'],
  ])('%s: fails with %s after what came before', async (prompt, code, text) => {
    const { events, error } = await ask(prompt);
    expect(error).toMatchObject({ code });
    expect(textOf(events)).toBe(text);
  });

  it.each(['never', 'silent'])('%s: fails with MODEL_TIMEOUT, and the upstream is closed', async (prompt) => {
    const { error } = await ask(prompt, {}, { firstByteTimeoutMs: 300, idleTimeoutMs: 300 });
    expect(error).toMatchObject({ code: 'MODEL_TIMEOUT' });
    await expect(closed()).resolves.toBe(true);
  });
  const closed = async (): Promise<boolean> => {
    while (server.openStreams() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    return true;
  };

  it('says which models want an inference profile', async () => {
    const fetch = async () =>
      Response.json(
        {
          message:
            'Invocation of model ID x with on-demand throughput isn’t supported. Retry with an inference profile that contains this model.',
        },
        { status: 400, headers: { 'x-amzn-errortype': 'ValidationException' } },
      );
    const { error } = await gather(connectTo(server.url, {}, fetch).stream(toRequest('hi'), signal()));
    expect(error).toMatchObject({
      code: 'MODEL_BAD_REQUEST',
      details: { reason: 'status 400, needs-inference-profile' },
    });
  });

  it('repeats what was refused for a moment, as often as the settings say, and not more', async () => {
    let asked = 0;
    const fetch: typeof globalThis.fetch = (input, init) => {
      asked += 1;
      if (asked > 1) return globalThis.fetch(input, init);
      const headers = { 'x-amzn-errortype': 'ModelNotReadyException' };
      return Promise.resolve(Response.json({ message: 'kit' }, { status: 429, headers }));
    };
    const provider = connectTo(server.url, { maxRetries: 1 }, fetch);
    expect(textOf((await gather(provider.stream(toRequest('hi'), signal()))).events)).toBe('hi');
    expect(asked).toBe(2);
  });
});
