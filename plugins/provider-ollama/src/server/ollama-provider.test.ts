import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, newId } from '@parley/contracts';
import type { ModelEvent, ModelRequest, Part } from '@parley/contracts';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { startProtocolServer } from './fixtures/protocol-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';

let server: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  server = await startProtocolServer();
});
afterAll(() => server.stop());

const open = (more: object = {}) => {
  const config = Config.parse({ baseUrl: server.url, maxRetries: 0, ...more });
  return createOllamaProvider({ config, connect: createConnect({ config, fetch }), fetch });
};
const signal = () => new AbortController().signal;
const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'kit',
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ada' }),
  requestId: 'r1',
  ...more,
});
const ask = async (from: ReturnType<typeof open>, more: Partial<ModelRequest> = {}): Promise<ModelEvent[]> => {
  const events: ModelEvent[] = [];
  for await (const event of from.stream(request(more), signal())) events.push(event);
  return events;
};

describe('the list of models', () => {
  it('has what can chat with what it can do, and one that can not be shown with nothing', async () => {
    const models = await open().listModels(signal());
    expect(models.map(({ id }) => id)).toEqual(['kit', 'plain', 'broken']);
    expect(models[0]).toMatchObject({
      contextWindowTokens: 32_768,
      abilities: { vision: true, tools: true, reasoning: true, structuredOutput: true },
    });
  });
});

describe('a model that can do little', () => {
  const tools = [{ name: 'look', description: '', inputSchema: { type: 'object' } }];

  it('is asked without tools and thoughts, and the person is told', async () => {
    const provider = open();
    await provider.listModels(signal());
    const events = await ask(provider, { model: 'plain', tools, parameters: { thinking: 'high' } });
    expect(server.received()).not.toHaveProperty('tools');
    expect(server.received()).not.toHaveProperty('think');
    expect(events.filter(({ type }) => type === 'notice')).toHaveLength(2);
  });

  it('has no parameter for thoughts', async () => {
    const provider = open();
    await provider.listModels(signal());
    const names = async (model: string) => Object.keys((await provider.parameters?.(model))?.['properties'] ?? {});
    expect(await names('plain')).not.toContain('thinking');
    expect(await names('kit')).toContain('thinking');
  });
});

describe('what goes over the wire', () => {
  it('is how long a model stays and how much it reads, as the settings say', async () => {
    await ask(open({ keepAlive: '10m', contextTokens: 8_192 }));
    expect(server.received()).toMatchObject({ keep_alive: '10m', options: { num_ctx: 8_192 } });
    await ask(open({ keepAlive: '-1', contextTokens: 8_192 }), { parameters: { contextTokens: 512 } });
    expect(server.received()).toMatchObject({ keep_alive: -1, options: { num_ctx: 512 } });
  });

  it('is the level of thinking that is asked for', async () => {
    await ask(open(), { parameters: { thinking: 'low' } });
    expect(server.received()).toMatchObject({ think: 'low' });
    await ask(open(), { parameters: { thinking: 'off' } });
    expect(server.received()).toMatchObject({ think: false });
  });

  it('is the text of files', async () => {
    const file = { id: newId(), name: 'a.csv', mime: 'text/csv', sizeBytes: 3 };
    const parts: Part[] = [
      { type: 'text', text: 'Hello' },
      { type: 'file', file },
    ];
    await ask(open(), {
      messages: [{ role: 'user', parts }],
      readFile: async () => ({ bytes: Buffer.from('a;b'), mime: 'text/csv' }),
    });
    expect(server.received()).toMatchObject({ messages: [{ content: 'Hello\n\n[file a.csv]\na;b' }] });
  });
});

it('fails when the server does in the middle of an answer, after what came before', async () => {
  const types: string[] = [];
  const read = async () => {
    const messages = [{ role: 'user' as const, parts: [{ type: 'text' as const, text: 'error' }] }];
    for await (const event of open().stream(request({ messages }), signal())) types.push(event.type);
  };
  await expect(read()).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  expect(types).toEqual(['text']);
});
