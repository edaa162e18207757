import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@parley/contracts';
import type { ModelEvent, ModelRequest, Part } from '@parley/contracts';
import { codeOf, createProvider, gather, only, signal, text, toRequest, wordsOf } from '../fixtures/ask.ts';
import { startProtocolServer } from '../fixtures/protocol-server.ts';
import { responsesVoice } from '../fixtures/responses-voice.ts';
import { MARKER } from '../fixtures/voice.ts';

let server: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  server = await startProtocolServer(responsesVoice, { base: '/v1' });
});
afterAll(() => server.stop());

const ask = (prompt: string, more: Partial<ModelRequest> = {}): Promise<ModelEvent[]> =>
  gather(
    createProvider(server.url, { api: 'responses', reads: ['images', 'pdf', 'text'] }).stream(
      toRequest(prompt, more),
      signal(),
    ),
  );
const sent = async (more: Partial<ModelRequest>): Promise<Readonly<Record<string, unknown>>> => {
  await ask('plain', more);
  return server.received() as Readonly<Record<string, unknown>>;
};

describe('the answer', () => {
  it('has its sources at the end, each once', async () => {
    const events = await ask('search', { builtInTools: ['web-search'] });
    expect(wordsOf(events)).toBe('It is so.');
    expect(only(events, 'part').map(({ part }) => part)).toEqual([
      { type: 'citation', title: 'A', url: 'https://example.org/a' },
      { type: 'citation', title: 'B', url: 'https://example.org/b' },
    ]);
    expect(server.received()).toMatchObject({ tools: [{ type: 'web_search' }] });
  });

  it('keeps hidden thoughts with the searches between them, before the words they led to', async () => {
    const [thought, words] = (await ask('search')).filter(({ type }) => type === 'reasoning' || type === 'text');
    expect(thought).toMatchObject({
      type: 'reasoning',
      text: '',
      opaque: { data: { items: [{ type: 'reasoning', encrypted_content: MARKER }, { type: 'web_search_call' }] } },
    });
    expect(words).toMatchObject({ type: 'text', text: 'It is so.' });
  });

  it('names a picture after what it shows', async () => {
    const names: string[] = [];
    await ask('draw', {
      builtInTools: ['image-generation'],
      saveFile: async ({ name, mime, bytes }) => {
        names.push(name);
        return { id: newId(), name, mime, sizeBytes: bytes.length };
      },
    });
    expect(names).toEqual(['a-red-red-rose.png']);
    expect(server.received()).toMatchObject({ tools: [{ type: 'image_generation' }] });
  });

  it('is told whole by a server that says nothing on the way', async () => {
    const events = await ask('silent');
    expect([wordsOf(events, 'reasoning'), wordsOf(events)]).toEqual(['Hm.', 'At last']);
  });

  it.each([
    ['refuse', 'content-filter'],
    ['long', 'length'],
    ['filtered', 'content-filter'],
    ['tools', 'tool-calls'],
    ['plain', 'stop'],
  ])('to %s finishes with %s', async (prompt, reason) => {
    expect((await ask(prompt)).at(-1)).toEqual({ type: 'finish', reason, providerRequestId: 'req_kit' });
  });

  it.each([
    ['fail', 'MODEL_RATE_LIMIT'],
    ['broken', 'MODEL_QUOTA'],
    ['broken-azure', 'MODEL_CONTEXT_TOO_LONG'],
  ])('to %s fails in the middle with %s', async (prompt, code) => {
    expect(await codeOf(ask(prompt))).toBe(code);
  });
});

it('is given up where the server begins an answer and then says nothing', async () => {
  const provider = createProvider(server.url, { api: 'responses', idleTimeoutMs: 100 });
  expect(await codeOf(gather(provider.stream(toRequest('hang'), signal())))).toBe('MODEL_TIMEOUT');
});

describe('the request', () => {
  it('leaves nothing at the server, and asks for thoughts that can go back', async () => {
    expect(await sent({})).toMatchObject({
      store: false,
      include: ['reasoning.encrypted_content'],
      reasoning: { summary: 'auto' },
    });
  });

  it('holds the parameters of the message', async () => {
    const parameters = {
      temperature: 0.5,
      topP: 0.9,
      maxOutputTokens: 99,
      reasoningEffort: 'xhigh',
      reasoningSummary: 'off',
      verbosity: 'low',
      serviceTier: 'flex',
    };
    const body = await sent({ parameters });
    expect(body).toMatchObject({ temperature: 0.5, top_p: 0.9, max_output_tokens: 99, service_tier: 'flex' });
    expect(body['text']).toEqual({ verbosity: 'low' });
    expect(body['reasoning']).toEqual({ effort: 'xhigh' });
  });

  it('binds the answer strictly to a schema that allows it', async () => {
    const closed = {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    };
    const formatOf = async (schema: object) =>
      (await sent({ responseFormat: { name: 'kit', schema: { ...schema } } }))['text'];
    expect(await formatOf(closed)).toMatchObject({ format: { name: 'kit', strict: true } });
    expect(await formatOf({ ...closed, required: [] })).toMatchObject({ format: { name: 'kit', strict: false } });
  });

  it('says which built-in tools there are none of', async () => {
    const [notice] = await ask('plain', { builtInTools: ['time-travel'] });
    expect(notice).toMatchObject({ type: 'notice', text: expect.stringContaining('time-travel') });
  });

  it('brings documents whole and text files as words', async () => {
    const files: Record<string, string> = { 'a.pdf': 'application/pdf', 'b.md': 'text/markdown' };
    const parts: Part[] = Object.entries(files).map(([name, mime]) => ({
      type: 'file',
      file: { id: newId(), name, mime, sizeBytes: 2 },
    }));
    const { input } = await sent({
      messages: [{ role: 'user', parts: [text('plain'), ...parts] }],
      readFile: async ({ mime }) => ({ mime, bytes: Buffer.from('hi') }),
    });
    expect(input).toMatchObject([
      {
        content: [
          { text: 'plain' },
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' },
          { type: 'input_text', text: '[file b.md]\nhi' },
        ],
      },
    ]);
  });
});
