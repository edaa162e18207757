import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineContract, Id, isAppError, newId, op } from '@parley/contracts';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { conversationsContract, conversationStore } from '@parley/plugin-conversations/contract';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { definePlugin } from '@parley/kernel';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestUser } from '@parley/testing';
import * as z from 'zod';
import { notesContract } from '@parley/plugin-notes/contract';
import notes from '@parley/plugin-notes/server';

/** Makes conversations without a chat, so that the notes are tested on their own. */
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
const others = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, starterPlugin];

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

describe('notes', () => {
  let host: TestHost;
  let ada: TestUser;
  let bob: TestUser;
  let conversationId: string;
  beforeAll(async () => {
    host = await startTestHost({ plugins: [...others, notes], config: { [notes.id]: { maxNotesPerConversation: 3 } } });
    [ada, bob] = await Promise.all([host.user('Ada'), host.user('Bob')]);
    conversationId = (await ada.client(starter).start({})).id;
  });
  afterAll(() => host.stop());

  it('lists what was written, newest first, until it is deleted', async () => {
    const client = ada.client(notesContract);
    const first = await client.create({ conversationId, text: ' first ' });
    const second = await client.create({ conversationId, text: 'second' });
    expect((await client.list({ conversationId })).items.map((note) => note.text)).toEqual(['second', 'first']);
    await client.remove({ conversationId, id: first.id });
    await client.remove({ conversationId, id: second.id });
    expect((await client.list({ conversationId })).items).toEqual([]);
  });

  it('pages through many', async () => {
    const client = ada.client(notesContract);
    for (const text of ['a', 'b', 'c']) await client.create({ conversationId, text });
    const page = await client.list({ conversationId, limit: 2 });
    expect(page.items.map((note) => note.text)).toEqual(['c', 'b']);
    expect((await client.list({ conversationId, limit: 2, after: page.next })).items.map((note) => note.text)).toEqual([
      'a',
    ]);
  });

  it('refuses more than the limit', async () => {
    expect(await codeOf(ada.client(notesContract).create({ conversationId, text: 'd' }))).toBe('NOTES_TOO_MANY');
  });

  it('refuses a change that is based on an old state', async () => {
    const client = ada.client(notesContract);
    const [note] = (await client.list({ conversationId })).items;
    if (!note) throw new Error('there is no note');
    await client.update({ conversationId, id: note.id, text: 'mine', rev: note.rev });
    expect(await codeOf(client.update({ conversationId, id: note.id, text: 'late', rev: note.rev }))).toBe(
      'NOTES_CHANGED',
    );
  });

  it('refuses a note without text', async () => {
    expect(await codeOf(ada.client(notesContract).create({ conversationId, text: '   ' }))).toBe('HOST_INVALID_INPUT');
  });

  it('shows nobody else that they exist', async () => {
    const [note] = (await ada.client(notesContract).list({ conversationId })).items;
    const client = bob.client(notesContract);
    expect(await codeOf(client.list({ conversationId }))).toBe('CONVERSATIONS_NOT_FOUND');
    expect(await codeOf(client.create({ conversationId, text: 'x' }))).toBe('CONVERSATIONS_NOT_FOUND');
    expect(await codeOf(client.update({ conversationId, id: note?.id ?? '', text: 'x', rev: note?.rev ?? 0 }))).toBe(
      'NOTES_NOT_FOUND',
    );
    expect(await codeOf(client.remove({ conversationId, id: note?.id ?? '' }))).toBe('NOTES_NOT_FOUND');
  });

  it('asks for a sign-in', async () => {
    expect((await host.request(`/api/x/notes/notes?conversationId=${conversationId}`)).status).toBe(401);
  });

  it('go with their conversation', async () => {
    const id = (await ada.client(starter).start({})).id;
    const note = await ada.client(notesContract).create({ conversationId: id, text: 'gone soon' });
    await ada.client(conversationsContract).remove({ id });
    const change = () =>
      codeOf(ada.client(notesContract).update({ conversationId: id, id: note.id, text: 'x', rev: note.rev }));
    const deadline = performance.now() + 5_000;
    let code = await change();
    while (code !== 'NOTES_NOT_FOUND' && performance.now() < deadline) code = await change();
    expect(code).toBe('NOTES_NOT_FOUND');
  });
});

describe('the notes plugin', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(notes, {
      plugins: others,
      exercise: async (host) => {
        const ada = await host.user('Ada');
        const { id } = await ada.client(starter).start({});
        await ada.client(notesContract).create({ conversationId: id, text: 'kept' });
        await ada.client(notesContract).list({ conversationId: id });
      },
    });
  });

  it('takes its routes and its panel with it, and nothing else', async () => {
    await using host = await startTestHost({ plugins: others });
    const ada = await host.user('Ada');
    const { id } = await ada.client(starter).start({});
    expect((await ada.request(`/api/x/notes/notes?conversationId=${id}`)).status).toBe(404);
    expect(host.kernel.contributions().filter(({ pluginId }) => pluginId === 'notes')).toEqual([]);
    expect((await ada.client(conversationsContract).get({ id })).title).toBe('Test');
  });
});
