import { describe, expect, it } from '@jest/globals';
import { TOOL_LIMITS, toolErrors } from '@parley/contracts';
import type { Tool, ToolSource } from '@parley/contracts';
import * as z from 'zod';
import { runKit, runKitToReport } from '../run-kit.ts';
import { toolSourceKit } from './tool-source-kit.ts';
import type { ToolSourceSubject } from './subject.ts';

const Input = z.strictObject({ words: z.string().min(1), waitMs: z.number().default(0), times: z.number().default(1) });
const echo: Tool = {
  name: 'echo',
  title: 'Echo',
  description: 'Says the words again.',
  inputSchema: z.toJSONSchema(Input, { io: 'input' }),
  isReadOnly: true,
};

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

const good: ToolSource = {
  list: () => Promise.resolve([echo]),
  async call(name, input, _call, signal) {
    signal.throwIfAborted();
    if (name !== echo.name) throw toolErrors.NOT_FOUND({ tool: name, known: [echo.name] });
    const parsed = Input.safeParse(input);
    if (!parsed.success) throw toolErrors.INVALID_INPUT({ tool: name, reason: z.prettifyError(parsed.error) });
    const { words, waitMs, times } = parsed.data;
    if (words === 'fail') throw toolErrors.FAILED({ tool: name, reason: 'as asked' });
    if (waitMs > 0) await wait(waitMs, signal);
    return { text: words.repeat(times).slice(0, TOOL_LIMITS.resultBytes - 100) };
  },
};

const subjectOf = (source: ToolSource) => () => ({
  value: {
    source,
    calls: {
      plain: { name: 'echo', input: { words: 'hi' }, text: 'hi' },
      invalid: { name: 'echo', input: { words: '' } },
      slow: { name: 'echo', input: { words: 'hi', waitMs: 3_000 } },
      huge: { name: 'echo', input: { words: 'x'.repeat(1_000), times: 1_000 } },
    },
    faults: { TOOL_FAILED: { name: 'echo', input: { words: 'fail' } } },
  } satisfies ToolSourceSubject,
  dispose: () => undefined,
});

describe('a source that keeps its promises', () => {
  runKit(toolSourceKit, subjectOf(good), { describe, it });
});

/** Sources that each break one promise, by the case that must find it. */
const BROKEN: Readonly<Record<string, Partial<ToolSource>>> = {
  'lists at least one tool, each name once and fit for a model': { list: () => Promise.resolve([echo, echo]) },
  'says of each tool what it does, in bounds': { list: () => Promise.resolve([{ ...echo, description: '' }]) },
  'describes the input of each tool as JSON Schema of an object, in bounds': {
    list: () => Promise.resolve([{ ...echo, inputSchema: { type: 'string' } }]),
  },
  'takes what its schema allows and nothing else': {
    list: () => Promise.resolve([{ ...echo, inputSchema: { type: 'object' } }]),
  },
  'refuses a tool it does not have with TOOL_NOT_FOUND': { call: () => Promise.resolve({ text: 'hi' }) },
  'refuses an input that does not fit with TOOL_INVALID_INPUT': {
    call: (name, input, call, signal) =>
      good.call(name, { words: 'hi', ...(input as object) }, call, signal).catch(() => ({ text: 'hi' })),
  },
  'does not begin a call that is aborted already': {
    call: (name, input, call) => good.call(name, input, call, new AbortController().signal),
  },
  'ends an aborted call within one second, with the reason of the abort': {
    call: (name, input, call, signal) => {
      signal.throwIfAborted();
      return good.call(name, input, call, new AbortController().signal);
    },
  },
  'cuts or refuses a result above the limit': {
    call: async (name, input, call, signal) => {
      const { text } = await good.call(name, input, call, signal);
      return { text: text.length > 100 ? text.padEnd(1_000_000) : text };
    },
  },
};

describe('the kit', () => {
  it.each(Object.entries(BROKEN))('finds a source that breaks: %s', async (name, broken) => {
    const cases = toolSourceKit.cases.filter((each) => each.name === name);
    const report = await runKitToReport({ ...toolSourceKit, cases }, subjectOf({ ...good, ...broken }));
    expect(report.failed).toBe(1);
  });
});
