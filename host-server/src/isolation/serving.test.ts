import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { modelProvider } from '@parley/contracts';
import type { ModelProvider } from '@parley/contracts';
import type { Kernel } from '@parley/kernel';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { modelProviderKit, runKit } from '@parley/testing/kits';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { conversationsContract, conversationStore } from '@parley/plugin-conversations/contract';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { defineContract, Id, newId, op } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { notesContract } from '@parley/plugin-notes/contract';
import notes from '@parley/plugin-notes/server';
import providerDemo from '@parley/plugin-provider-demo/server';
import * as z from 'zod';
import greeterPlugin, { greeterContract } from './fixtures/greeter.ts';
import { createConsumer, doorOf } from './fixtures/start-isolated.ts';

jest.setTimeout(60_000);

const pluginDoor = (name: string): string =>
  new URL(`../../../plugins/${name}/src/server/index.ts`, import.meta.url).href;

describe('routes of a plugin in a process of its own', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startTestHost({
      plugins: [storageSqlite, { plugin: greeterPlugin, isolation: 'process', door: doorOf('greeter') }],
    });
  });
  afterAll(async () => {
    expect(await host.stop()).toEqual([]);
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${host.url}/api/x/greeter${path}`, { headers });

  it('answer, with lists from the query, and may set headers', async () => {
    const reply = await get('/hello/Ada?tag=one', { 'user-agent': 'test' });
    expect([reply.status, reply.headers.get('x-greeter')]).toEqual([200, 'yes']);
    expect(await reply.json()).toEqual({ text: 'Hello Ada', tags: 1, agent: 'test' });
  });

  it('refuse input by the schema of the plugin', async () => {
    const reply = await get('/hello/somebody-with-a-long-name');
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: 'HOST_INVALID_INPUT', details: { issues: [{ path: 'name' }] } });
  });

  it('see no credentials', async () => {
    const reply = await get('/hello/Ada', { cookie: 'theme=dark', authorization: 'Bearer x', 'user-agent': 'test' });
    expect(await reply.json()).toEqual({ text: 'Hello Ada', tags: 0, agent: 'test' });
  });

  it('stream events with their ids', async () => {
    const text = await (await get('/ticks?to=3')).text();
    expect(text).toBe([1, 2, 3].map((seq) => `id: ${seq}\ndata: {"seq":${seq}}\n\n`).join(''));
  });

  it('stand in the OpenAPI document', async () => {
    const document = (await (await fetch(`${host.url}/api/openapi.json`)).json()) as { paths: Record<string, unknown> };
    expect(document.paths['/api/x/greeter/hello/{name}']).toMatchObject({
      get: { responses: { 200: { content: { 'application/json': { schema: { properties: { text: {} } } } } } } },
    });
  });

  it('are the operations of their contract', () => {
    const routes = host.kernel.graph().plugins.find(({ id }) => id === 'greeter')?.routes;
    expect(routes).toHaveLength(Object.keys(greeterContract.operations).length);
  });
});

/** Makes conversations without a chat. */
const starter = defineContract('starter', '1.0.0', {
  start: op({ method: 'POST', path: '/start', access: 'user', input: z.object({}), output: z.object({ id: Id }) }),
});
const starterPlugin = definePlugin({
  id: 'starter',
  version: '1.0.0',
  kernel: '^1.0.0',
  requires: { conversations: conversationStore },
  setup(ctx, deps) {
    ctx.routes(starter, {
      start: (_input, { principal }) => deps.conversations.create(principal, { id: newId(), title: 'Test' }),
    });
  },
});

describe('the notes in a process of their own', () => {
  let host: TestHost;
  beforeAll(async () => {
    const others = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, starterPlugin];
    const config = { maxNotesPerConversation: 3 };
    host = await startTestHost({
      plugins: [...others, { plugin: notes, isolation: 'process', door: pluginDoor('notes'), config }],
    });
  });
  afterAll(async () => {
    expect(await host.stop()).toEqual([]);
  });

  it('keep to their rules', async () => {
    const [ada, bob] = await Promise.all([host.user('Ada'), host.user('Bob')]);
    const conversationId = (await ada.client(starter).start({})).id;
    const client = ada.client(notesContract);
    const first = await client.create({ conversationId, text: ' first ' });
    await client.create({ conversationId, text: 'second' });
    await client.create({ conversationId, text: 'third' });
    const texts = async () => (await client.list({ conversationId })).items.map((note) => note.text);
    expect(await texts()).toEqual(['third', 'second', 'first']);
    await expect(client.create({ conversationId, text: 'd' })).rejects.toMatchObject({ code: 'NOTES_TOO_MANY' });
    await expect(client.create({ conversationId, text: ' ' })).rejects.toMatchObject({ code: 'HOST_INVALID_INPUT' });
    await client.update({ conversationId, id: first.id, text: 'mine', rev: first.rev });
    await expect(client.update({ conversationId, id: first.id, text: 'late', rev: first.rev })).rejects.toMatchObject({
      code: 'NOTES_CHANGED',
    });
    await expect(bob.client(notesContract).list({ conversationId })).rejects.toMatchObject({
      code: 'CONVERSATIONS_NOT_FOUND',
    });
    await expect(bob.client(notesContract).remove({ conversationId, id: first.id })).rejects.toMatchObject({
      code: 'NOTES_NOT_FOUND',
    });
    await ada.client(conversationsContract).remove({ id: conversationId });
    const change = () =>
      client.update({ conversationId, id: first.id, text: 'x', rev: 9 }).catch((error: { code: string }) => error.code);
    let code = await change();
    for (const untilMs = performance.now() + 10_000; code !== 'NOTES_NOT_FOUND' && performance.now() < untilMs; ) {
      code = await change();
    }
    expect(code).toBe('NOTES_NOT_FOUND');
  });
});

describe('the demo models in a process of their own', () => {
  const consumer = createConsumer(modelProvider);
  let host: TestHost;
  beforeAll(async () => {
    const config = { pieceDelayMs: 2, firstPieceDelayMs: 0 };
    const door = pluginDoor('provider-demo');
    host = await startTestHost({
      plugins: [{ plugin: providerDemo, isolation: 'process', door, config }, consumer.plugin],
    });
  });
  afterAll(async () => {
    expect(await host.stop()).toEqual([]);
  });
  const providerOf = (_kernel: Kernel): ModelProvider => {
    const provider = (consumer.get() as unknown as ReadonlyMap<string, ModelProvider>).get('demo');
    if (provider === undefined) throw new Error('There are no demo models');
    return provider;
  };
  const text = 'Grüße an 世界 👩🏽\u200d🚀!';

  runKit(
    modelProviderKit,
    () => ({
      value: {
        provider: providerOf(host.kernel),
        turns: {
          plain: { model: 'echo', prompt: 'Say this back', text: 'Say this back' },
          slow: { model: 'guide', prompt: 'something long' },
          reasoning: { model: 'guide', prompt: 'show me math' },
          unicode: { model: 'echo', prompt: text, text },
        },
      },
      dispose: () => undefined,
    }),
    { describe, it },
  );
});
