import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import type { ModelEvent, ModelRequest } from '@parley/contracts';
import { createAnthropicProvider } from './anthropic-provider.ts';
import { Config } from './config.ts';
import { digestOf, keep } from './family.ts';
import { GOOD_KEY, startProtocolServer } from './fixtures/protocol-server.ts';
import { SIGNATURE } from './fixtures/wire-answers.ts';

const signal = () => new AbortController().signal;
const request = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'kit',
  messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ada' }),
  requestId: 'r1',
  ...more,
});
const provider = (baseUrl: string, more: object = {}) =>
  createAnthropicProvider({ config: Config.parse({ baseUrl, apiKey: GOOD_KEY, maxRetries: 0, ...more }), fetch });
const gather = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};
const textOf = (events: readonly ModelEvent[], type: 'text' | 'reasoning' = 'text') =>
  events.map((event) => (event.type === type ? event.text : '')).join('');

describe('against a server that speaks the protocol', () => {
  const mock = new LLMock({ port: 0 });
  beforeAll(async () => {
    mock.onMessage('hello', { content: 'Grüße, 世界 👋🏽!' });
    mock.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Paris"}' }] });
    mock.onMessage('think', { content: 'answer', reasoning: 'let me think' });
    await mock.start();
  });
  afterAll(() => mock.stop());
  const ask = (text: string) =>
    gather(provider(mock.url).stream(request(text, { model: 'claude-sonnet-5' }), signal()));

  it('streams text', async () => {
    expect(textOf(await ask('hello'))).toBe('Grüße, 世界 👋🏽!');
  });

  it('gives calls of tools whole', async () => {
    const events = await ask('weather');
    expect(events.find(({ type }) => type === 'tool-call')).toMatchObject({
      name: 'get_weather',
      input: { city: 'Paris' },
    });
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' });
  });

  it('keeps thoughts apart', async () => {
    const events = await ask('think');
    expect([textOf(events, 'reasoning'), textOf(events)]).toEqual(['let me think', 'answer']);
  });
});

describe('what goes over the wire', () => {
  let server: Awaited<ReturnType<typeof startProtocolServer>>;
  beforeAll(async () => {
    server = await startProtocolServer();
  });
  afterAll(() => server.stop());
  const sent = async (more: Partial<ModelRequest>, config: object = {}) => {
    await gather(provider(server.url, config).stream(request('plain', more), signal()));
    return server.received() as Readonly<Record<string, unknown>>;
  };

  it('fails with the class of an error that comes in the middle of an answer', async () => {
    const events = gather(provider(server.url).stream(request('overloaded'), signal()));
    await expect(events).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });

  it('asks for thinking as the parameters say, with room for the answer after it', async () => {
    expect(await sent({ parameters: { thinkingTokens: 2_000 } })).toMatchObject({
      thinking: { type: 'enabled', budget_tokens: 2_000 },
      max_tokens: 18_384,
    });
    expect(await sent({ parameters: { thinking: 'adaptive', effort: 'high' } })).toMatchObject({
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
    });
  });

  it('keeps the beginning of a conversation at the server, unless it is told not to', async () => {
    const mark = { cache_control: { type: 'ephemeral', ttl: '1h' } };
    const say = (role: 'system' | 'user' | 'assistant', text: string) => ({
      role,
      parts: [{ type: 'text' as const, text }],
    });
    const messages = [say('system', 'Be kind.'), say('user', 'a'), say('assistant', 'b'), say('user', 'plain')];
    expect(await sent({ messages }, { promptCache: '1h' })).toMatchObject({
      system: [{ text: 'Be kind.', ...mark }],
      messages: [{ content: [{ text: 'a', ...mark }] }, {}, { content: [{ text: 'plain', ...mark }] }],
    });
    expect(JSON.stringify(await sent({ messages }, { promptCache: 'off' }))).not.toContain('cache_control');
  });

  it('searches the web where that is wished, and says what it does not offer', async () => {
    const wished = request('plain', { builtInTools: ['web-search', 'time-travel'] });
    const events = await gather(provider(server.url).stream(wished, signal()));
    expect(server.received()).toMatchObject({ tools: [{ name: 'web_search' }] });
    expect(events[0]).toMatchObject({ type: 'notice', text: expect.stringContaining('time-travel') });
  });

  it('puts what tools gave after each round, and thoughts of other providers nowhere', async () => {
    const call = { type: 'tool-call' as const, name: 'look', input: {}, status: 'done' as const };
    const body = await sent(
      {
        messages: [
          { role: 'user', parts: [{ type: 'text', text: 'x' }] },
          {
            role: 'assistant',
            parts: [
              { type: 'reasoning', text: 'mine', opaque: keep({ signature: SIGNATURE, digest: digestOf('mine') }) },
              { type: 'reasoning', text: 'changed', opaque: keep({ signature: SIGNATURE, digest: digestOf('mine') }) },
              { type: 'reasoning', text: 'hidden', opaque: keep({ redacted: 'kit-redacted' }) },
              { type: 'reasoning', text: 'theirs', opaque: { family: 'other', data: { signature: 's' } } },
              { ...call, callId: 'a', output: 1 },
              { ...call, callId: 'b/ü', status: 'failed', error: 'no' },
              { type: 'text', text: 'Found.' },
            ],
          },
          { role: 'user', parts: [{ type: 'text', text: 'plain' }] },
        ],
      },
      { promptCache: 'off' },
    );
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'x' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'mine', signature: SIGNATURE },
          { type: 'redacted_thinking', data: 'kit-redacted' },
          { type: 'tool_use', id: 'a', name: 'look', input: {} },
          { type: 'tool_use', id: expect.stringMatching(/^call_[\w-]+$/), name: 'look', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: '1' },
          { type: 'tool_result', tool_use_id: expect.stringMatching(/^call_/), content: 'Error: no', is_error: true },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'Found.' }] },
      { role: 'user', content: [{ type: 'text', text: 'plain' }] },
    ]);
  });
});
