import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ModelEvent, ModelMessage, ModelRequest, ToolCallPart } from '@parley/contracts';
import { codeOf, createProvider, gather, only, signal, text, toRequest, wordsOf } from '../fixtures/ask.ts';
import { assistantsVoice } from '../fixtures/assistants-voice.ts';
import { startProtocolServer } from '../fixtures/protocol-server.ts';
import { toThreadMessages } from './messages.ts';

let server: Awaited<ReturnType<typeof startProtocolServer>>;
let gone = false;
beforeEach(async () => {
  gone = false;
  const { voice, other } = assistantsVoice();
  const isAsked: typeof voice.isAsked = (path, model) =>
    voice.isAsked(path, model) && !(gone && path.includes('submit_tool_outputs'));
  server = await startProtocolServer({ ...voice, isAsked }, { base: '/v1', other });
});
afterEach(() => server.stop());

const tool = { name: 'kit_weather', description: 'Weather', inputSchema: { type: 'object' } };
const ask = (prompt: string, more: Partial<ModelRequest> = {}): Promise<ModelEvent[]> =>
  gather(createProvider(server.url, { api: 'assistants' }).stream(toRequest(prompt, more), signal()));
const isRemoved = () => server.seen().some((request) => request === 'DELETE /v1/threads/thread_1');
const untilRemoved = async () => {
  while (!isRemoved()) await new Promise((resolve) => setTimeout(resolve, 5));
};
/** The second request of a turn: the calls of `events` with their results. */
const results = (events: readonly ModelEvent[]): ModelMessage => ({
  role: 'assistant',
  parts: only(events, 'tool-call').map(
    ({ callId, name, input, opaque }): ToolCallPart => ({
      type: 'tool-call',
      callId,
      name,
      input,
      status: 'done',
      output: 'rain',
      ...(opaque ? { opaque } : {}),
    }),
  ),
});

describe('an assistant', () => {
  it('is listed under its own name', async () => {
    const [info] = await createProvider(server.url, { api: 'assistants' }).listModels(signal());
    expect(info).toMatchObject({ id: 'kit', name: 'Kit' });
  });

  it('answers in a thread of its own, which is removed after', async () => {
    const messages: ModelMessage[] = [
      { role: 'system', parts: [text('Be kind.')] },
      { role: 'user', parts: [text('plain')] },
    ];
    expect(wordsOf(await ask('plain', { messages }))).toBe('plain');
    expect(server.received()).toMatchObject({
      assistant_id: 'kit',
      additional_instructions: 'Be kind.',
      messages: [{ role: 'user', content: 'plain' }],
    });
    await untilRemoved();
  });

  it('keeps its own tools beside those of the request', async () => {
    await ask('plain', { tools: [tool] });
    expect(server.received()).toMatchObject({
      tools: [{ type: 'file_search' }, { type: 'function', function: { name: 'kit_weather' } }],
    });
  });

  it('waits for tools in the same run, and goes on with what they gave', async () => {
    const events = await ask('rounds', { tools: [tool] });
    expect(isRemoved()).toBe(false);
    const request = toRequest('rounds');
    const answer = await ask('', { tools: [tool], messages: [...request.messages, results(events)] });
    expect(wordsOf(answer)).toBe('It rains.');
    expect(server.received()).toMatchObject({ tool_outputs: [{ tool_call_id: 'call_9', output: 'rain' }] });
    await untilRemoved();
  });

  it('begins anew, with the calls in words, where the run has ended meanwhile', async () => {
    const events = await ask('rounds', { tools: [tool] });
    gone = true;
    const request = toRequest('plain');
    await ask('', { tools: [tool], messages: [...request.messages, results(events)] });
    expect(server.received()).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant', content: '[used kit_weather with {}: rain]' }],
    });
  });

  it('says that a picture stays at the provider', async () => {
    const events = await ask('picture');
    expect(wordsOf(events)).toBe('See.');
    expect(only(events, 'notice')).toMatchObject([{ level: 'warning' }]);
  });

  it.each([
    ['refuse', 'content-filter'],
    ['long', 'length'],
  ])('to %s finishes with %s', async (prompt, reason) => {
    expect((await ask(prompt)).at(-1)).toMatchObject({ type: 'finish', reason });
  });

  it.each([
    ['fail', 'MODEL_RATE_LIMIT'],
    ['broken', 'MODEL_UNAVAILABLE'],
  ])('to %s fails with %s, and its thread is removed', async (prompt, code) => {
    expect(await codeOf(ask(prompt))).toBe(code);
    await untilRemoved();
  });
});

describe('a long conversation', () => {
  it('begins a thread with its earliest messages as one', () => {
    const messages: ModelMessage[] = Array.from({ length: 40 }, (_, index) => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      parts: [text(`word ${index}.`)],
    }));
    const thread = toThreadMessages(messages, new Map());
    expect(thread).toHaveLength(32);
    expect(thread[0]?.content).toContain('assistant: word 1.');
    expect(thread.map(({ content }) => content).join('\n')).toContain('word 39.');
  });
});
