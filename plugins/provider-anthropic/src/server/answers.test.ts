import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, newId } from '@parley/contracts';
import type { ModelEvent, ModelRequest, Part } from '@parley/contracts';
import { createAnthropicProvider } from './anthropic-provider.ts';
import { Config } from './config.ts';
import { GOOD_KEY, startProtocolServer } from './fixtures/protocol-server.ts';

const ask = (prompt: string) => ({ role: 'user' as const, parts: [{ type: 'text' as const, text: prompt }] });
const request = (prompt: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'kit',
  messages: [ask(prompt)],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ada' }),
  requestId: 'r1',
  ...more,
});
const web = { builtInTools: ['web-search'] };

const gather = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

let server: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  server = await startProtocolServer();
});
afterEach(() => {
  expect(server.problems.splice(0)).toEqual([]);
});
afterAll(() => server.stop());

const stream = async (asked: ModelRequest, config: object = {}): Promise<ModelEvent[]> => {
  const provider = createAnthropicProvider({
    config: Config.parse({ baseUrl: server.url, apiKey: GOOD_KEY, maxRetries: 0, ...config }),
    fetch,
  });
  return gather(provider.stream(asked, new AbortController().signal));
};
/** The parts of an answer as a conversation keeps them. */
function toParts(events: readonly ModelEvent[]): Part[] {
  const parts: Part[] = [];
  let isOpen = false;
  for (const event of events) {
    if (event.type === 'part') {
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
const received = () => server.received() as { readonly messages: readonly { role: string; content: unknown }[] };
const goOn = (parts: readonly Part[]) =>
  stream(request('plain', { messages: [ask('before'), { role: 'assistant', parts }, ask('plain')] }));

describe('a search of the web', () => {
  it('is shown as a use of a tool with what it found, and its sources once each after the text', async () => {
    const parts = toParts(await stream(request('search', web)));
    expect(parts).toMatchObject([
      { type: 'text', text: 'I look it up.' },
      {
        type: 'tool-call',
        name: 'web_search',
        input: { query: 'weather' },
        status: 'done',
        output: [{ title: 'Weather' }],
      },
      { type: 'text', text: 'Today it rains\n\nall day.' },
      { type: 'citation', title: 'Weather', url: 'https://example.org/weather', quote: 'Rain all day' },
    ]);
    expect(parts).toHaveLength(4);
  });

  it('goes back in later turns as it came, with the sources of each block of text', async () => {
    const parts = toParts(await stream(request('search', web)));
    await goOn(parts);
    const source = expect.objectContaining({ encrypted_index: 'kit-encrypted-index' });
    expect(received().messages[1]).toEqual({
      role: 'assistant',
      content: [
        { type: 'text', text: 'I look it up.' },
        expect.objectContaining({ type: 'server_tool_use', id: 'srvtoolu_1', input: { query: 'weather' } }),
        expect.objectContaining({ type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1' }),
        { type: 'text', text: 'Today ' },
        { type: 'text', text: 'it rains\n\n', citations: [source, source] },
        { type: 'text', text: 'all day', citations: [source, source] },
        { type: 'text', text: '.' },
      ],
    });
  });

  it('leaves sources out of a text that was changed since', async () => {
    const parts = toParts(await stream(request('search', web)));
    await goOn(parts.map((part) => (part.type === 'text' && 'text' in part ? { ...part, text: 'Other words' } : part)));
    expect(JSON.stringify(received())).not.toContain('kit-encrypted-index');
    expect(JSON.stringify(received())).toContain('[source: Weather https://example.org/weather]');
  });

  it('that fails says why', async () => {
    const parts = toParts(await stream(request('search-fails', web)));
    expect(parts[0]).toMatchObject({ status: 'failed', error: expect.stringContaining('max_uses_exceeded') });
    await goOn(parts);
  });

  it('goes on by itself when the server pauses, and counts both requests', async () => {
    const events = await stream(request('pause', web));
    expect(toParts(events)).toMatchObject([
      { type: 'text', text: 'One moment.' },
      { type: 'tool-call', status: 'done' },
      { type: 'text', text: 'Rain.' },
      { type: 'citation' },
    ]);
    expect(received().messages.at(-1)).toMatchObject({
      role: 'assistant',
      content: [{ type: 'text' }, { type: 'server_tool_use', input: { query: 'weather' } }],
    });
    expect(events.filter(({ type }) => type === 'usage')).toEqual([
      { type: 'usage', usage: { inputTokens: 8, outputTokens: 8 } },
    ]);
    expect(events.filter(({ type }) => type === 'finish')).toHaveLength(1);
  });

  it('keeps to the limits of the settings', async () => {
    await stream(request('plain', web), { webSearch: { maxUses: 2, allowedDomains: ['example.org'] } });
    expect(received()).toMatchObject({ tools: [{ max_uses: 2, allowed_domains: ['example.org'] }] });
  });
});

describe('the end of an answer', () => {
  it.each([
    ['refusal', 'content-filter', 'Not this.'],
    ['full', 'length', 'filled'],
  ])('says what happened: %s', async (prompt, reason, words) => {
    const events = await stream(request(prompt));
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason });
    expect(events).toContainEqual({ type: 'notice', level: 'warning', text: expect.stringContaining(words) });
  });

  it('that cuts a call of a tool loses the call, not the answer', async () => {
    const events = await stream(request('cut-call'));
    expect(events.map(({ type }) => type)).toEqual(['text', 'usage', 'finish']);
    expect(events.at(-1)).toMatchObject({ reason: 'length' });
  });
});

describe('thoughts', () => {
  it('that are hidden go back as they came', async () => {
    await goOn(toParts(await stream(request('redacted'))));
    expect(received().messages[1]?.content).toEqual([
      { type: 'redacted_thinking', data: 'kit-redacted' },
      { type: 'thinking', thinking: 'Aha. ', signature: 'kit-signature-1' },
      { type: 'text', text: 'Yes.' },
    ]);
  });

  it('come between calls of tools too where their length is given', async () => {
    const tools = [{ name: 'look', description: '', inputSchema: {} }];
    await stream(request('plain', { tools, parameters: { thinkingTokens: 2_000 } }));
    expect(server.headers()['anthropic-beta']).toBe('interleaved-thinking-2025-05-14');
  });

  it('leave no room for temperature, and the person is told', async () => {
    const events = await stream(request('plain', { parameters: { thinking: 'adaptive', temperature: 0.2 } }));
    expect(received()).not.toHaveProperty('temperature');
    expect(events[0]).toMatchObject({ type: 'notice', text: expect.stringContaining('temperature') });
  });

  it('can not be longer than the answer they count for', async () => {
    const asked = stream(request('plain', { parameters: { thinkingTokens: 2_000, maxOutputTokens: 1_500 } }));
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_BAD_REQUEST' });
  });
});

describe('files', () => {
  const file = (name: string, mime: string, bytes: Uint8Array) => ({
    id: newId(),
    name,
    mime,
    sizeBytes: bytes.length,
  });
  const report = file('report.pdf', 'application/pdf', Buffer.from('%PDF-1.7'));
  const table = file('table.csv', 'text/csv', Buffer.from('a;b'));
  const contents: Readonly<Record<string, Uint8Array>> = {
    [report.id]: Buffer.from('%PDF-1.7'),
    [table.id]: Buffer.from('a;b'),
  };
  const parts: Part[] = [
    { type: 'text', text: 'document' },
    { type: 'file', file: report },
    { type: 'file', file: table },
  ];
  const withFiles = (more: Partial<ModelRequest> = {}) =>
    request('document', {
      messages: [{ role: 'user', parts }],
      readFile: async ({ id, mime }) => ({ bytes: contents[id] ?? Buffer.alloc(0), mime }),
      ...more,
    });

  it('go as documents whose places the answer names', async () => {
    const events = await stream(withFiles());
    expect(received().messages[0]?.content).toMatchObject([
      { type: 'text' },
      {
        type: 'document',
        title: 'report.pdf',
        source: { media_type: 'application/pdf' },
        citations: { enabled: true },
      },
      { type: 'document', title: 'table.csv', source: { type: 'text', data: 'a;b' }, citations: { enabled: true } },
    ]);
    expect(events).toContainEqual({
      type: 'part',
      part: { type: 'citation', title: 'report.pdf, page 3', quote: 'So.' },
    });
  });

  it('are not cited in an answer that keeps to a format', async () => {
    const schema = { type: 'object', properties: { n: { type: 'number', minimum: 3 } } };
    await stream(withFiles({ responseFormat: { name: 'x', schema } }));
    expect(received().messages[0]?.content).not.toContainEqual(
      expect.objectContaining({ citations: { enabled: true } }),
    );
  });
});

describe('a conversation with tools that are gone', () => {
  it('still names them, so that the server takes it', async () => {
    await goOn([
      { type: 'tool-call', callId: 'a.b', name: 'old tool', input: 3, status: 'done', output: 'x' },
      { type: 'text', text: 'Done.' },
    ]);
    expect(received()).toMatchObject({ tools: [{ name: 'old_tool' }], tool_choice: { type: 'none' } });
  });
});
