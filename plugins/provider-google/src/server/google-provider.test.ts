import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, newId } from '@parley/contracts';
import type { ModelEvent, ModelRequest, Part } from '@parley/contracts';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { SIGNATURE } from './fixtures/answers.ts';
import { GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import type { Body } from './fixtures/protocol-server.ts';
import { createGoogleProvider } from './google-provider.ts';

const signal = () => new AbortController().signal;
const request = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: MODEL,
  messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ada' }),
  requestId: 'r1',
  ...more,
});
const provider = (baseUrl: string, more: object = { apiKey: GOOD_KEY }, send: typeof fetch = fetch) => {
  const config = Config.parse({ baseUrl, maxRetries: 0, ...more });
  return createGoogleProvider({ config, fetch: send, connect: createConnect({ config, fetch: send }) });
};
const gather = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};
const textOf = (events: readonly ModelEvent[], type: 'text' | 'reasoning' = 'text') =>
  events.map((event) => (event.type === type ? event.text : '')).join('');
const partsOf = (events: readonly ModelEvent[]) =>
  events.flatMap((event) => (event.type === 'part' ? [event.part] : []));

let server: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  server = await startProtocolServer();
});
afterAll(() => server.stop());
const ask = (prompt: string, more: Partial<ModelRequest> = {}) =>
  gather(provider(server.url).stream(request(prompt, more), signal()));
const sent = async (more: Partial<ModelRequest>, settings?: object) => {
  await gather(
    provider(server.url, settings && { apiKey: GOOD_KEY, ...settings }).stream(request('plain', more), signal()),
  );
  return server.received() as Body & Readonly<Record<string, unknown>>;
};

describe('against a mock that others wrote', () => {
  const mock = new LLMock({ port: 0 });
  beforeAll(async () => {
    mock.onMessage('hello', { content: 'Grüße, 世界 👋🏽!' });
    mock.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Paris"}' }] });
    mock.onMessage('think', { content: 'answer', reasoning: 'let me think' });
    await mock.start();
  });
  afterAll(() => mock.stop());
  // The mock knows Vertex AI by its first version.
  const send: typeof fetch = (input, init) => server.fetch(String(input).replace('/v1beta1/', '/v1/'), init);
  const vertex = () => ({ project: 'kit-project', serviceAccount: server.tokens.serviceAccount });

  it.each(['Gemini', 'Vertex'])('streams text, tools and thoughts of %s', async (service) => {
    const settings = service === 'Vertex' ? vertex() : undefined;
    const say = (text: string) => gather(provider(mock.url, settings, send).stream(request(text), signal()));
    expect(textOf(await say('hello'))).toBe('Grüße, 世界 👋🏽!');
    const events = await say('weather');
    expect(events.find(({ type }) => type === 'tool-call')).toMatchObject({
      name: 'get_weather',
      input: { city: 'Paris' },
    });
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' });
    const thought = await say('think');
    expect([textOf(thought, 'reasoning'), textOf(thought)]).toEqual(['let me think', 'answer']);
  });
});

describe('the list of models', () => {
  it('tells limits and abilities as the server does, of those that answer', async () => {
    const [whole, small, ...more] = await provider(server.url).listModels(signal());
    expect(whole).toMatchObject({
      id: MODEL,
      name: 'Gemini Kit',
      contextWindowTokens: 1_048_576,
      maxOutputTokens: 65_536,
      abilities: { reasoning: true, video: true, tools: true, webSearch: true },
    });
    expect(small).toMatchObject({ id: 'gemma-kit' });
    expect(small?.abilities.tools).not.toBe(true);
    expect(more).toEqual([]);
  });

  it('makes thoughts visible by itself for models that think', async () => {
    const google = provider(server.url);
    await google.listModels(signal());
    await gather(google.stream(request('plain'), signal()));
    expect(server.received()).toMatchObject({ generationConfig: { thinkingConfig: { includeThoughts: true } } });
  });

  it('leaves parameters of thinking out for models that do not think', async () => {
    const google = provider(server.url);
    await google.listModels(signal());
    const namesOf = async (model: string) =>
      Object.keys(((await google.parameters?.(model)) ?? {})['properties'] ?? {});
    expect(await namesOf(MODEL)).toContain('thinkingLevel');
    expect(await namesOf('gemma-kit')).not.toContain('thinkingLevel');
  });
});

describe('what an answer holds', () => {
  it('gives each source once, also opened pages, and quotes of documents', async () => {
    expect(partsOf(await ask('search', { builtInTools: ['web-search'] }))).toEqual([
      { type: 'citation', title: 'example.org', url: 'https://example.org/a' },
      { type: 'citation', title: 'example.org', url: 'https://example.org/b' },
      { type: 'citation', title: 'Handbook', quote: 'as it says' },
      { type: 'citation', title: 'https://example.org/read', url: 'https://example.org/read' },
    ]);
  });

  it('goes on in further requests when the server asks for it, and counts them all', async () => {
    const events = await ask('long');
    expect(textOf(events)).toBe('The beginning and the rest.');
    expect(server.received()).toMatchObject({ continuationToken: 'more' });
    expect(events.filter(({ type }) => type === 'finish')).toHaveLength(1);
    expect(events.find(({ type }) => type === 'usage')).toEqual({
      type: 'usage',
      usage: { inputTokens: 6, outputTokens: 8 },
    });
  });

  it('fails when it is cut in a later request, and ends when it goes in a circle', async () => {
    await expect(ask('long_cut')).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    const events = await ask('long_circle');
    expect(textOf(events)).toBe('again again ');
    expect(events.at(-1)).toMatchObject({ type: 'finish' });
  });

  it('names what can not be shown, once', async () => {
    const notices = (await ask('unknown')).filter(({ type }) => type === 'notice');
    expect(notices).toEqual([expect.objectContaining({ text: expect.stringContaining('hologram') })]);
  });

  it.each([
    ['length', 'length'],
    ['unsafe', 'content-filter'],
    ['odd_end', 'stop'],
  ])('ends %s with %s', async (prompt, reason) => {
    expect((await ask(prompt)).at(-1)).toEqual({ type: 'finish', reason, providerRequestId: 'res_kit' });
  });

  it('says why an answer ended early', async () => {
    const [notice] = (await ask('odd_end')).filter(({ type }) => type === 'notice');
    expect(notice).toMatchObject({ level: 'warning', text: expect.stringContaining('OTHER') });
  });

  it.each([
    ['blocked', 'MODEL_CONTENT_POLICY'],
    ['malformed', 'MODEL_UNAVAILABLE'],
    ['overloaded', 'MODEL_UNAVAILABLE'],
    ['not_json', 'MODEL_UNAVAILABLE'],
  ])('fails %s with %s', async (prompt, code) => {
    await expect(ask(prompt)).rejects.toMatchObject({ code });
  });

  it('tells how long the server asks to wait', async () => {
    await expect(ask('MODEL_RATE_LIMIT')).rejects.toMatchObject({ details: { retryAfterSeconds: 35 } });
  });

  it('gives up when the first byte does not come', async () => {
    const hasty = provider(server.url, { apiKey: GOOD_KEY, firstByteTimeoutMs: 200 });
    await expect(gather(hasty.stream(request('silent'), signal()))).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
  });
});

describe('what goes over the wire', () => {
  it('holds the parameters as the API names them', async () => {
    const parameters = {
      temperature: 1.5,
      topK: 40,
      thinkingLevel: 'high',
      thoughts: true,
      mediaResolution: 'low',
      pictures: true,
      aspectRatio: '16:9',
    };
    expect(await sent({ parameters })).toMatchObject({
      generationConfig: {
        temperature: 1.5,
        topK: 40,
        thinkingConfig: { includeThoughts: true, thinkingLevel: 'HIGH' },
        mediaResolution: 'MEDIA_RESOLUTION_LOW',
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: { aspectRatio: '16:9' },
      },
    });
  });

  it('asks for no thoughts where there is no thinking', async () => {
    const body = await sent({ parameters: { thinkingBudget: 0, thoughts: true } });
    expect(body['generationConfig']).toEqual({ thinkingConfig: { thinkingBudget: 0 } });
  });

  it('holds the safety settings of the operator, and none of its own', async () => {
    expect(await sent({}, { safety: { harassment: 'high' } })).toMatchObject({
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }],
    });
    expect(await sent({})).not.toHaveProperty('safetySettings');
  });

  it('searches where that is wished, and says what the server does not do by itself', async () => {
    const events = await ask('plain', { builtInTools: ['web-search', 'url-context', 'time-travel'] });
    expect(server.received()).toMatchObject({ tools: [{ googleSearch: {} }, { urlContext: {} }] });
    expect(events[0]).toMatchObject({ type: 'notice', text: expect.stringContaining('time-travel') });
  });

  it('leaves the search out, and says so, when a model does not search beside tools', async () => {
    const tools = [{ name: 'look', description: 'Looks', inputSchema: { type: 'object' } }];
    const events = await ask('either', { tools, builtInTools: ['web-search'] });
    expect(events[0]).toMatchObject({ type: 'notice', text: expect.stringContaining('without the search') });
    expect(textOf(events)).toBe('either');
    expect((server.received() as Body).tools).toHaveLength(1);
  });

  it('refuses a request without a prompt before it is sent', async () => {
    await expect(ask('', { messages: [] })).rejects.toMatchObject({ code: 'MODEL_BAD_REQUEST' });
  });
});

describe('a conversation that goes on', () => {
  const call = { type: 'tool-call' as const, name: 'look', input: { a: 1 }, status: 'done' as const };
  const opaque = (data: object) => ({ opaque: { family: 'gemini', data: data as never } });
  const told = async (parts: readonly Part[], after?: string) => {
    const asked = { role: 'user' as const, parts: [{ type: 'text' as const, text: 'plain' }] };
    const messages = [asked, { role: 'assistant' as const, parts }];
    await gather(
      provider(server.url).stream(
        request('', {
          messages:
            after === undefined ? messages : [...messages, { role: 'user', parts: [{ type: 'text', text: after }] }],
        }),
        signal(),
      ),
    );
    return (server.received() as Body).contents.slice(1);
  };

  it('gives signatures and ids back with the parts they came with, and results after each round', async () => {
    const contents = await told([
      { type: 'reasoning', text: 'unsigned' },
      { type: 'reasoning', text: 'signed', ...opaque({ signature: 's1' }) },
      { ...call, callId: 'a', output: { b: 2 }, ...opaque({ signature: 's2', id: 'a' }) },
      { ...call, callId: 'made-here', status: 'failed', error: 'no', ...opaque({}) },
      { type: 'text', text: 'Found.', ...opaque({ signature: 's3' }) },
    ]);
    expect(contents).toEqual([
      {
        role: 'model',
        parts: [
          { text: 'signed', thought: true, thoughtSignature: 's1' },
          { functionCall: { id: 'a', name: 'look', args: { a: 1 } }, thoughtSignature: 's2' },
          { functionCall: { name: 'look', args: { a: 1 } } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'look', response: { output: { b: 2 } } } },
          { functionResponse: { name: 'look', response: { error: 'Error: no' } } },
        ],
      },
      { role: 'model', parts: [{ text: 'Found.', thoughtSignature: 's3' }] },
    ]);
  });

  it('marks calls that another model made in the answer it goes on with, and leaves earlier ones as they are', async () => {
    const foreign: Part[] = [
      { ...call, callId: 'x', output: 1, opaque: { family: 'anthropic', data: { signature: 'theirs' } } },
      { ...call, callId: 'y', output: 1 },
    ];
    const functionCall = { name: 'look', args: { a: 1 } };
    expect((await told(foreign))[0]?.parts).toEqual([
      { functionCall, thoughtSignature: 'skip_thought_signature_validator' },
      { functionCall },
    ]);
    expect((await told(foreign, 'plain'))[0]?.parts).toEqual([{ functionCall }, { functionCall }]);
  });

  it('keeps the signature of a text that came after it', async () => {
    const events = await ask('signed');
    expect(events.filter(({ type }) => type === 'text')).toEqual([
      { type: 'text', text: 'Said.' },
      { type: 'text', text: '', opaque: { family: 'gemini', data: { signature: SIGNATURE } } },
    ]);
  });

  it('gives back what the tools of the server did, as it came', async () => {
    const events = await ask('server_tools');
    const kept = events.flatMap((event): Part[] => (event.type === 'reasoning' ? [event as Part] : []));
    expect(kept).toHaveLength(2);
    expect((await told(kept))[0]?.parts).toEqual([
      expect.objectContaining({ toolCall: expect.objectContaining({ id: 't1' }), thoughtSignature: SIGNATURE }),
      expect.objectContaining({ toolResponse: expect.objectContaining({ id: 't1' }) }),
    ]);
  });

  it('shows a picture of an answer to the model again, in the words of the person', async () => {
    const file = { id: newId(), name: 'cat.png', mime: 'image/png', sizeBytes: 2 };
    const messages: ModelRequest['messages'] = [
      { role: 'user', parts: [{ type: 'text', text: 'plain' }] },
      { role: 'assistant', parts: [{ type: 'file', file }] },
      { role: 'user', parts: [{ type: 'text', text: 'plain' }] },
    ];
    await ask('', { messages, readFile: async () => ({ bytes: Uint8Array.of(1, 2), mime: 'image/png' }) });
    expect((server.received() as Body).contents).toEqual([
      { role: 'user', parts: [{ text: 'plain' }] },
      { role: 'model', parts: [{ text: '[file cat.png, not included]' }] },
      {
        role: 'user',
        parts: [
          { text: '[file cat.png of the answer above]' },
          { inlineData: { mimeType: 'image/png', data: 'AQI=' } },
        ],
      },
      { role: 'user', parts: [{ text: 'plain' }] },
    ]);
  });
});
