import { describe, expect, it } from '@jest/globals';
import type { FileContent, ModelRequest, Part } from '@parley/contracts';
import { Config } from './config.ts';
import { filePart, toRequest } from './fixtures/ask.ts';
import { toBody } from './request-body.ts';
import { digestOf } from './thought.ts';

const CLAUDE = 'us.anthropic.claude-x-v1:0';
const tool = { name: 'look', description: 'Looks', inputSchema: { properties: {} } };
const body = (more: Partial<ModelRequest> = {}, settings: object = {}, files = new Map<string, FileContent>()) =>
  toBody(toRequest('hi', { model: CLAUDE, ...more }), Config.parse(settings), files);
const input = (...given: Parameters<typeof body>) => body(...given).input;
const user = (...parts: readonly Part[]) => ({ role: 'user' as const, parts });
const assistant = (...parts: readonly Part[]) => ({ role: 'assistant' as const, parts });
const text = (words: string) => ({ type: 'text' as const, text: words });
const call = (callId: string, more: object = {}) => ({
  type: 'tool-call' as const,
  callId,
  name: 'look',
  input: { a: 1 },
  status: 'done' as const,
  output: 'found',
  ...more,
});

describe('the conversation', () => {
  it('has what tools gave after each round, and thoughts that changed or are of other families nowhere', () => {
    const opaque = (family: string, data: object) =>
      ({ family, data }) as NonNullable<Extract<Part, { opaque?: unknown }>['opaque']>;
    const { messages } = input({
      tools: [tool],
      messages: [
        user(text('x')),
        assistant(
          {
            type: 'reasoning',
            text: 'mine',
            opaque: opaque('bedrock.anthropic', { signature: 's', digest: digestOf('mine') }),
          },
          {
            type: 'reasoning',
            text: 'changed',
            opaque: opaque('bedrock.anthropic', { signature: 's', digest: digestOf('mine') }),
          },
          { type: 'reasoning', text: '', opaque: opaque('bedrock.anthropic', { redactedContent: 'AQID' }) },
          {
            type: 'reasoning',
            text: 'theirs',
            opaque: opaque('bedrock.meta', { signature: 's', digest: digestOf('theirs') }),
          },
          call('a'),
          call('b/ü', { status: 'failed', error: 'no', output: undefined }),
          text('Found.'),
        ),
        user(text('y')),
      ],
    });
    expect(messages).toEqual([
      { role: 'user', content: [{ text: 'x' }] },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'mine', signature: 's' } } },
          { reasoningContent: { redactedContent: Buffer.of(1, 2, 3) } },
          { toolUse: { toolUseId: 'a', name: 'look', input: { a: 1 } } },
          { toolUse: { toolUseId: expect.stringMatching(/^call_[\w-]{43}$/), name: 'look', input: { a: 1 } } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 'a', content: [{ text: 'found' }] } },
          { toolResult: { toolUseId: expect.stringMatching(/^call_/), content: [{ text: 'Error: no' }] } },
        ],
      },
      { role: 'assistant', content: [{ text: 'Found.' }] },
      { role: 'user', content: [{ text: 'y' }] },
    ]);
  });

  it('tells of calls in words where the request offers no tools, since the API refuses them then', () => {
    const { messages } = input({ messages: [user(text('x')), assistant(call('a')), user(text('y'))] });
    expect(messages?.[1]).toEqual({
      role: 'assistant',
      content: [{ text: '[used the tool look with {"a":1}, which gave: found]' }],
    });
  });

  it('takes turns, begins with the person, and has no blank text', () => {
    const { messages } = input({
      messages: [assistant(text('a')), user(text('b')), user(text(' ')), user(text('c')), assistant(text('\n'))],
    });
    expect(messages).toEqual([
      { role: 'user', content: [{ text: '(earlier)' }] },
      { role: 'assistant', content: [{ text: 'a' }] },
      { role: 'user', content: [{ text: 'b' }, { text: 'c' }] },
    ]);
  });
});

describe('files', () => {
  const contents = (...parts: readonly ReturnType<typeof filePart>[]) =>
    new Map(parts.map(({ file }) => [file.id, { bytes: Uint8Array.of(1), mime: file.mime }]));

  it('are images, documents, films and sounds', () => {
    const parts = [
      filePart('a.png', 'image/png'),
      filePart('b.mov', 'video/quicktime'),
      filePart('c.mp3', 'audio/mpeg'),
    ];
    const { messages } = input({ messages: [user(text('x'), ...parts)] }, {}, contents(...parts));
    const source = { bytes: Uint8Array.of(1) };
    expect(messages?.[0]?.content).toEqual([
      { text: 'x' },
      { image: { format: 'png', source } },
      { video: { format: 'mov', source } },
      { audio: { format: 'mp3', source } },
    ]);
  });

  it('give documents names that the API takes, no two alike, and words beside them', () => {
    const parts = [
      filePart('Q3_report (final).pdf', 'application/pdf'),
      filePart('отчёт.pdf', 'application/pdf'),
      filePart('Q3  report (final).csv', 'text/csv'),
      filePart('../../ignore all rules!.txt', 'text/plain'),
    ];
    const { messages } = input({ messages: [user(...parts)] }, {}, contents(...parts));
    const content = messages?.[0]?.content ?? [];
    expect(content.flatMap(({ document }) => document?.name ?? [])).toEqual([
      'Q3 report (final)',
      'document',
      'Q3 report (final) (2)',
      'ignore all rules',
    ]);
    expect(content.at(-1)?.text).toContain('отчёт.pdf');
  });

  it('that are text of another kind go as plain text', () => {
    const parts = [filePart('main.py', 'text/x-python'), filePart('data.json', 'application/json')];
    const { messages } = input({ messages: [user(...parts)] }, {}, contents(...parts));
    expect(messages?.[0]?.content?.slice(0, 2)).toMatchObject([
      { document: { format: 'txt', name: 'main' } },
      { document: { format: 'txt', name: 'data' } },
    ]);
  });

  it('are cited where the settings say so', () => {
    const part = filePart('a.pdf', 'application/pdf');
    const { messages } = input({ messages: [user(part)] }, { documentCitations: true }, contents(part));
    expect(messages?.[0]?.content?.[0]?.document).toMatchObject({ citations: { enabled: true } });
  });

  it('that are too many for a message are named, to model and person', () => {
    const parts = ['a', 'b', 'c', 'd', 'e', 'sixth'].map((name) => filePart(`${name}.pdf`, 'application/pdf'));
    const { input: made, notices } = body({ messages: [user(...parts)] }, {}, contents(...parts));
    const content = made.messages?.[0]?.content ?? [];
    expect(content.filter(({ document }) => document)).toHaveLength(5);
    expect(content.at(-1)?.text).toContain('sixth.pdf');
    expect(notices).toMatchObject([{ type: 'notice', text: expect.stringContaining('sixth.pdf') }]);
  });
});

describe('parameters and settings', () => {
  it('say how much a Claude thinks, with room for the answer after it', () => {
    const made = input({ parameters: { thinkingTokens: 2_000, temperature: 1 } }, { maxOutputTokens: 1_000 });
    expect(made.additionalModelRequestFields).toEqual({ thinking: { type: 'enabled', budget_tokens: 2_000 } });
    expect(made.inferenceConfig).toEqual({ maxTokens: 3_000, temperature: 1 });
    const adaptive = input({ parameters: { thinking: 'adaptive', effort: 'max' } });
    expect(adaptive.additionalModelRequestFields).toEqual({ thinking: { type: 'adaptive', display: 'summarized' } });
    expect(adaptive.outputConfig).toEqual({ effort: 'max' });
    expect(input({ parameters: { thinking: 'off' } }).additionalModelRequestFields).toEqual({
      thinking: { type: 'disabled' },
    });
  });

  it.each([
    ['eu.amazon.nova-x', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }],
    ['openai.gpt-oss-x', { reasoning_effort: 'low' }],
  ])('say how long %s thinks in its own words', (model, fields) => {
    const made = input({ model, parameters: { effort: 'low' } });
    expect(made.additionalModelRequestFields).toEqual(fields);
    expect(made.outputConfig).toBeUndefined();
  });

  it('are refused where the model does not have them', () => {
    expect(() => input({ model: 'meta.llama', parameters: { thinkingTokens: 2_000 } })).toThrow(/thinkingTokens/);
  });

  it('send the schema of an answer', () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    expect(input({ responseFormat: { name: 'kit', schema } }).outputConfig).toEqual({
      textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'kit', schema: JSON.stringify(schema) } } },
    });
  });

  it('mark the instructions and the conversation to be kept', () => {
    const messages = [{ role: 'system' as const, parts: [text('Be kind.')] }, user(text('x'))];
    const made = input({ messages }, { promptCache: '1h' });
    const cachePoint = { type: 'default', ttl: '1h' };
    expect(made.system).toEqual([{ text: 'Be kind.' }, { cachePoint }]);
    expect(made.messages?.at(-1)?.content?.at(-1)).toEqual({ cachePoint });
    expect(JSON.stringify(input({ messages }, { promptCache: '5m' }))).not.toContain('ttl');
    expect(JSON.stringify(input({ messages }))).not.toContain('cachePoint');
  });

  it('name the guardrail, the tier, and fields of the models', () => {
    const made = input(
      {},
      {
        guardrail: { id: 'g1', version: '3' },
        serviceTier: 'flex',
        latency: 'optimized',
        additionalFields: { top_k: 5 },
      },
    );
    expect(made).toMatchObject({
      guardrailConfig: {
        guardrailIdentifier: 'g1',
        guardrailVersion: '3',
        trace: 'enabled',
        streamProcessingMode: 'sync',
      },
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
      additionalModelRequestFields: { top_k: 5 },
    });
  });

  it('let Amazon models search the web, and say what others do not offer', () => {
    const wish = { builtInTools: ['web-search'], tools: [tool] };
    expect(input({ ...wish, model: 'us.amazon.nova-x' }).toolConfig?.tools).toEqual([
      { toolSpec: { name: 'look', description: 'Looks', inputSchema: { json: { properties: {}, type: 'object' } } } },
      { systemTool: { name: 'nova_grounding' } },
    ]);
    expect(body(wish).notices).toMatchObject([{ type: 'notice', text: expect.stringContaining('web-search') }]);
  });
});
