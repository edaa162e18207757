import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineContract, op, sse } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import * as z from 'zod';

const event = { access: 'public', method: 'GET', input: z.object({}), output: z.object({ word: z.string() }) } as const;
const contract = defineContract('words', '1.0.0', {
  now: op({ ...event, path: '/now' }),
  slow: op({ ...event, path: '/slow' }),
  story: sse({ ...event, path: '/story' }),
  news: sse({ ...event, path: '/news', endless: true }),
});

/** A plugin that says its word; `gate` holds what takes long. */
const createWords = (gate: Promise<void>) =>
  definePlugin({
    id: 'words',
    version: '1.0.0',
    kernel: '^1.0.0',
    config: z.object({ word: z.string().default('one') }).prefault({}),
    ui: { module: './web', builtIn: true, slots: { 'thread.panel': [{ id: 'words', title: 'Words' }] } },
    setup(ctx) {
      const { word } = ctx.config;
      ctx.routes(contract, {
        now: () => ({ word }),
        async slow() {
          await gate;
          return { word: ctx.config.word };
        },
        async *story() {
          yield { word };
          await gate;
          yield { word: `${ctx.config.word} at the end` };
        },
        async *news(_input, { signal }) {
          yield { word };
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        },
      });
    },
  });

describe('a plugin that is replaced while it serves', () => {
  let host: TestHost;
  const gate = Promise.withResolvers<void>();
  const words = createWords(gate.promise);
  const use = (word: string) => ({ plugins: [{ plugin: words, firstParty: true, config: { word } }] });
  beforeAll(async () => {
    host = await startTestHost(use('one'));
  });
  afterAll(() => host.stop());

  const read = async (reader: ReadableStreamDefaultReader<Uint8Array>) =>
    new TextDecoder().decode((await reader.read()).value);
  const openStream = async (path: string) => {
    const response = await host.request(`/api/x/words/${path}`);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(await read(reader)).toContain('"one"');
    return reader;
  };
  const drainingNow = () => host.kernel.graph().plugins[0]?.draining;

  it('finishes replies and streams it has begun, ends endless ones, and answers anew with its successor', async () => {
    const slow = host.request('/api/x/words/slow');
    const story = await openStream('story');
    const news = await openStream('news');
    await host.kernel.apply(use('two'));

    await expect(news.read()).resolves.toEqual({ done: true, value: undefined });
    await expect((await host.request('/api/x/words/now')).json()).resolves.toEqual({ word: 'two' });
    expect(drainingNow()).toEqual([{ generation: 1, holds: 2 }]);

    gate.resolve();
    await expect((await slow).json()).resolves.toEqual({ word: 'one' });
    await expect(read(story)).resolves.toContain('one at the end');
    await expect(story.read()).resolves.toMatchObject({ done: true });
    await host.kernel.drained();
    expect(drainingNow()).toEqual([]);
  });

  it('leaves routes, page and API description with its removal, and brings them back', async () => {
    const look = async () => {
      const json = async <T>(path: string) => (await (await host.request(path)).json()) as T;
      const { status } = await host.request('/api/x/words/now');
      const { contributions } = await json<{ contributions: unknown[] }>('/api/ui/manifest');
      const { paths } = await json<{ paths: object }>('/api/openapi.json');
      return { status, contributions: contributions.length, isDescribed: '/api/x/words/now' in paths };
    };
    await host.kernel.apply({ plugins: [] });
    expect(await look()).toEqual({ status: 404, contributions: 0, isDescribed: false });
    await host.kernel.apply(use('three'));
    expect(await look()).toEqual({ status: 200, contributions: 1, isDescribed: true });
  });
});
