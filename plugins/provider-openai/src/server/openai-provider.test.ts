import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModelRequest } from '@parley/contracts';
import { codeOf, createProvider, gather, only, signal, toRequest, wordsOf } from './fixtures/ask.ts';

const mock = new LLMock({ port: 0 });
beforeAll(async () => {
  mock.onMessage('hello', { content: 'Grüße, 世界 👋🏽!' });
  mock.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Paris"}' }] });
  mock.onMessage('think', { content: 'answer', reasoning: 'let me think' });
  await mock.start();
});
afterAll(() => mock.stop());

const MODEL = 'gpt-5';
const ways = [
  ['Responses', () => createProvider(`${mock.url}/v1`, { api: 'responses' })],
  ['Chat Completions', () => createProvider(`${mock.url}/v1`)],
  [
    'Azure',
    () => createProvider(mock.url, { azure: { apiVersion: '2024-10-21' }, models: [MODEL], api: 'chat-completions' }),
  ],
] as const;

describe.each(ways)('through %s against a mock that others wrote', (_name, provider) => {
  const ask = (words: string, more: Partial<ModelRequest> = {}) =>
    gather(provider().stream(toRequest(words, { model: MODEL, ...more }), signal()));
  const tools = [{ name: 'get_weather', description: 'Weather', inputSchema: { type: 'object', properties: {} } }];

  it('streams text that is whole, with one finish at the end', async () => {
    const events = await ask('hello');
    expect(wordsOf(events)).toBe('Grüße, 世界 👋🏽!');
    expect(only(events, 'finish')).toMatchObject([{ reason: 'stop' }]);
    expect(events.at(-1)?.type).toBe('finish');
  });

  it('gives the calls of tools as parsed input', async () => {
    const events = await ask('weather', { tools });
    expect(only(events, 'tool-call')).toMatchObject([{ name: 'get_weather', input: { city: 'Paris' } }]);
    expect(events.at(-1)).toMatchObject({ reason: 'tool-calls' });
  });

  it('keeps thoughts apart', async () => {
    const events = await ask('think');
    expect([wordsOf(events, 'reasoning'), wordsOf(events)]).toEqual(['let me think', 'answer']);
  });

  it('lists models', async () => {
    expect((await provider().listModels(signal())).length).toBeGreaterThan(0);
  });

  it('reports what the server does not know', async () => {
    expect(await codeOf(ask('nothing matches this'))).toBe('MODEL_NOT_FOUND');
  });
});
