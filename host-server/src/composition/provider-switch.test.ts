import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, live, modelProvider, newId } from '@parley/contracts';
import type { LiveRef, ModelEvent, ModelMessage, ModelProvider, ModelRequest, Part } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import anthropic from '@parley/plugin-provider-anthropic/server';
import bedrock from '@parley/plugin-provider-bedrock/server';
import google from '@parley/plugin-provider-google/server';
import ollama from '@parley/plugin-provider-ollama/server';
import openai from '@parley/plugin-provider-openai/server';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { SIGNS, startStrictModels } from './fixtures/strict-models.ts';

const PICTURE = Buffer.from('a picture of a cat');
const FILE = { id: newId(), name: 'cat.png', mime: 'image/png', sizeBytes: PICTURE.length };
const TOOLS = ['look', 'search'].map((name) => ({
  name,
  description: 'For the test',
  inputSchema: { type: 'object', properties: { place: { type: 'string' } } },
}));
/** Each provider after each other, and those that keep something a second time; calls of `chat` have the same ids in each turn. */
const ORDER = [
  'responses',
  'chat',
  'chat',
  'anthropic',
  'gemini',
  'bedrock',
  'ollama',
  'responses',
  'anthropic',
  'gemini',
  'bedrock',
] as const;
type Name = (typeof ORDER)[number];

let servers: Awaited<ReturnType<typeof startStrictModels>>;
let host: TestHost;
let providers: LiveRef<ModelProvider> | undefined;

const taker = definePlugin({
  id: 'taker',
  version: '0.0.0',
  kernel: '^1.0.0',
  requires: { providers: live(modelProvider) },
  setup(_ctx, needs) {
    ({ providers } = needs);
  },
});

beforeAll(async () => {
  servers = await startStrictModels();
  const at = (name: Name, path = '') => ({ key: name, baseUrl: `${servers.url}/${name}${path}`, maxRetries: 0 });
  const keyed = { apiKey: 'sk-strict', models: ['kit'] };
  host = await startTestHost({
    plugins: [
      { plugin: openai, id: 'responses', config: { ...at('responses', '/v1'), ...keyed, api: 'responses' } },
      { plugin: openai, id: 'chat', config: { ...at('chat', '/v1'), ...keyed, api: 'chat-completions' } },
      { plugin: anthropic, config: { ...at('anthropic'), ...keyed } },
      { plugin: google, config: { ...at('gemini'), ...keyed } },
      { plugin: bedrock, config: { ...at('bedrock'), ...keyed } },
      { plugin: ollama, config: at('ollama') },
      taker,
    ],
  });
});
afterAll(async () => {
  await host?.stop();
  servers?.stop();
});

const gather = async (name: Name, messages: readonly ModelMessage[], more: Partial<ModelRequest>) => {
  const request: ModelRequest = {
    model: 'kit',
    messages,
    tools: TOOLS,
    parameters: {},
    principal: createPrincipal({ kind: 'user', id: 'ada' }),
    requestId: 'r',
    readFile: async () => ({ bytes: PICTURE, mime: 'image/png' }),
    ...more,
  };
  const events: ModelEvent[] = [];
  const { value } = providers?.lease(name) ?? {};
  for await (const event of value?.stream(request, new AbortController().signal) ?? []) events.push(event);
  return events;
};

/** The parts of an answer as chat keeps them; each tool has given its name and the turn. */
function toParts(events: readonly ModelEvent[], turn: string): Part[] {
  const parts: Part[] = [];
  let isOpen = false;
  for (const event of events) {
    if (event.type === 'tool-call') {
      const { type, callId, name, input, opaque } = event;
      const output = { found: `Result of ${name} in turn ${turn}` };
      parts.push({ type, callId, name, input, status: 'done', output, ...(opaque ? { opaque } : {}) });
      isOpen = false;
    } else if (event.type === 'part') {
      parts.push(event.part);
      isOpen = false;
    } else if (event.type === 'text' || event.type === 'reasoning') {
      const { type, text, opaque } = event;
      const last = parts.at(-1);
      const before = isOpen && last?.type === type && 'text' in last ? parts.pop() : undefined;
      const said = before && 'text' in before ? before.text : '';
      parts.push({ type, text: said + text, ...(opaque ? { opaque } : {}) } as Part);
      isOpen = opaque === undefined;
    }
  }
  return parts;
}

const wordsOf = (parts: readonly Part[], type: 'text' | 'reasoning'): string =>
  parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');
const noticesOf = (events: readonly ModelEvent[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])).join('\n');

describe('a conversation that changes its provider', () => {
  interface Turn {
    readonly name: Name;
    readonly parts: readonly Part[];
    readonly notices: string;
    /** What its server got in the end. */
    readonly body: string;
  }
  const turns: Turn[] = [];
  const history: ModelMessage[] = [];

  /** Asks for an answer, does what it calls for, and asks again. */
  async function play(name: Name, index: number, more: Partial<ModelRequest> = {}): Promise<Turn> {
    const asked: Part[] = [
      { type: 'text', text: `Question ${index}` },
      ...(index === 0 ? [{ type: 'file' as const, file: FILE }] : []),
    ];
    history.push({ role: 'user', parts: asked });
    const first = await gather(name, history, more);
    const called = toParts(first, String(index));
    const second = await gather(name, [...history, { role: 'assistant', parts: called }], more);
    const parts = [...called, ...toParts(second, String(index))];
    history.push({ role: 'assistant', parts });
    return { name, parts, notices: noticesOf([...first, ...second]), body: servers.received.at(-1)?.body ?? '' };
  }

  beforeAll(async () => {
    for (const [index, name] of ORDER.entries()) turns.push(await play(name, index));
  }, 60_000);

  it('is taken by each of them, as strict as its server is', () => {
    expect(servers.problems).toEqual([]);
    expect(turns.map(({ parts }) => wordsOf(parts, 'text'))).toEqual(ORDER.map((name) => `Answer of ${name}.`));
  });

  it('shows the thoughts and the calls of each', () => {
    expect(turns.map(({ parts }) => wordsOf(parts, 'reasoning'))).toEqual(ORDER.map((name) => `Thought of ${name}.`));
    for (const { parts } of turns) {
      expect(parts.flatMap((part) => (part.type === 'tool-call' && 'name' in part ? [part.name] : []))).toEqual([
        'look',
        'search',
      ]);
    }
  });

  it('tells every model all that was said, found and cited before', () => {
    for (const [index, { name, body }] of turns.entries()) {
      for (let before = 0; before < index; before += 1) {
        expect(`${name}: ${body}`).toContain(`Question ${before}`);
        expect(`${name}: ${body}`).toContain(`Result of look in turn ${before}`);
        expect(`${name}: ${body}`).toContain(`Result of search in turn ${before}`);
        expect(`${name}: ${body}`).toContain(`Answer of ${ORDER[before]}.`);
      }
      if (index > 0) expect(`${name}: ${body}`).toContain('https://example.org/rain');
    }
  });

  it('shows every model the picture', () => {
    const data = PICTURE.toString('base64');
    const isShown = turns.map(({ name, body }) => [name, body.includes(data)]);
    expect(isShown).toEqual(ORDER.map((name) => [name, true]));
  });

  it('gives what only one provider reads back to that one, and to no other', () => {
    for (const { name, body } of turns) {
      for (const [owner, sign] of Object.entries(SIGNS)) {
        if (owner === name) expect(`${name}: ${body}`).toContain(sign);
        else expect(`${name}: ${body}`).not.toContain(sign);
      }
    }
  });

  it('names the file in words and tells the person, where it can not be read', async () => {
    const before = history.length;
    for (const name of new Set(ORDER)) {
      const lost = await play(name, ORDER.length, { readFile: () => Promise.reject(new Error('gone')) });
      history.length = before;
      expect([name, lost.notices]).toEqual([name, expect.stringContaining('cat.png')]);
      expect([name, lost.body]).toEqual([name, expect.stringContaining('[file cat.png')]);
    }
    expect(servers.problems).toEqual([]);
  }, 60_000);
});
