import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, isAppError, newId } from '@parley/contracts';
import type { Principal } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import {
  conversationCreated,
  conversationDeleted,
  conversationsContract,
  conversationStore,
  conversationUpdated,
} from '@parley/plugin-conversations/contract';
import type { ConversationStore, NewMessage } from '@parley/plugin-conversations/contract';
import conversations from '@parley/plugin-conversations/server';
import { eventsContract } from '@parley/plugin-events/contract';
import type { UserEvent } from '@parley/plugin-events/contract';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestUser } from '@parley/testing';

let store: ConversationStore;
let onDeleted = (): Promise<void> => Promise.resolve();
const told: string[] = [];

/** Uses the capability as other plugins do, and notes what the hooks say. */
const neighbour = definePlugin({
  id: 'neighbour',
  version: '1.0.0',
  kernel: '^1.0.0',
  requires: { conversationStore },
  hooks: [conversationCreated, conversationUpdated, conversationDeleted],
  setup(ctx, deps) {
    store = deps.conversationStore;
    ctx.on(conversationCreated, ({ title }) => void told.push(`created ${title}`));
    ctx.on(conversationUpdated, ({ title }) => void told.push(`updated ${title}`));
    ctx.on(conversationDeleted, ({ id }) => {
      told.push(`deleted ${id}`);
      return onDeleted();
    });
  },
});

const plugins = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, neighbour];
let host: TestHost;
let ann: TestUser;
let ben: TestUser;
let principal: Principal;

beforeAll(async () => {
  host = await startTestHost({ plugins });
  [ann, ben] = [await host.user('Ann'), await host.user('Ben')];
  principal = createPrincipal({ kind: 'user', id: ann.user.id });
});
afterAll(async () => void (await host.stop()));

const api = (user = ann) => user.client(conversationsContract);
const create = async (title: string) => (await store.create(principal, { id: newId(), title })).id;
const message = (conversationId: string, fields: Partial<NewMessage> = {}): NewMessage => ({
  id: newId(),
  conversationId,
  role: 'user',
  parts: [{ type: 'text', text: 'Hi' }],
  state: 'complete',
  ...fields,
});
/** Adds messages, each the child of the one before. */
const chain = async (conversationId: string, count: number): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, () => newId());
  const links = ids.map((id, at) => message(conversationId, at === 0 ? { id } : { id, parentId: ids[at - 1] ?? '' }));
  await store.append(principal, conversationId, links);
  return ids;
};
const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isAppError(error) ? `${error.status} ${error.code}` : String(error);
  }
};

describe('the list', () => {
  it('shows the conversation that was added to last first, page by page', async () => {
    const ids: string[] = [];
    for (const title of ['one', 'two', 'three']) {
      ids.push(await create(title));
      await new Promise((done) => setTimeout(done, 2));
    }
    await chain(ids[0] ?? '', 1);
    const titles: string[] = [];
    let after: string | undefined;
    do {
      const page = await api().list({ limit: 1, ...(after === undefined ? {} : { after }) });
      titles.push(...page.items.map((item) => item.title));
      after = page.next;
    } while (after !== undefined);
    expect(titles).toEqual(['one', 'three', 'two']);
  });

  it('keeps archived ones apart, and pinned ones when asked', async () => {
    const [archived, pinned] = [await create('archived'), await create('pinned')];
    await api().update({ id: archived, archived: true });
    await api().update({ id: pinned, pinned: true });
    const titles = async (filter: object) => (await api().list(filter)).items.map((item) => item.title);
    expect(await titles({ archived: 'true' })).toEqual(['archived']);
    expect(await titles({ pinned: 'true' })).toEqual(['pinned']);
    expect(await titles({ pinned: 'false' })).not.toContain('pinned');
    expect(await titles({})).not.toContain('archived');
  });

  it('shows nobody else what is in it', async () => {
    const id = await create('private');
    expect((await api(ben).list({})).items).toEqual([]);
    for (const work of [
      api(ben).get({ id }),
      api(ben).update({ id, title: 'mine' }),
      api(ben).remove({ id }),
      api(ben).messages({ conversationId: id }),
    ])
      expect(await codeOf(work)).toBe('404 CONVERSATIONS_NOT_FOUND');
    expect(await codeOf(host.session().client(conversationsContract).list({}))).toMatch(/^401 /);
  });
});

describe('a change', () => {
  it('is refused with the present state when the conversation has changed since', async () => {
    const id = await create('draft');
    const { rev } = await api().get({ id });
    await api().update({ id, title: 'first', rev });
    await expect(api().update({ id, title: 'second', rev })).rejects.toMatchObject({
      status: 409,
      code: 'CONVERSATIONS_CHANGED',
      details: { current: { id, title: 'first' } },
    });
    expect((await api().get({ id })).title).toBe('first');
  });

  it('is won by exactly one of fifty that change the same revision, and the others learn its state', async () => {
    const id = await create('draft');
    const { rev } = await api().get({ id });
    const titles = Array.from({ length: 50 }, (_, index) => `title ${index}`);
    const outcomes = await Promise.allSettled(titles.map((title) => api().update({ id, title, rev })));
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toHaveLength(1);
    expect(await api().get({ id })).toMatchObject({ title: won[0]?.title, rev: rev + 1 });
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toMatchObject({
        code: 'CONVERSATIONS_CHANGED',
        status: 409,
        details: { current: { id, title: won[0]?.title, rev: rev + 1 } },
      });
    }
  });

  it('wins without a revision', async () => {
    const id = await create('draft');
    await api().update({ id, title: 'first' });
    expect((await api().update({ id, pinned: true })).title).toBe('first');
  });

  it('is told to hooks and to the open tabs of its owner', async () => {
    const leaving = new AbortController();
    const seen: UserEvent[] = [];
    const opened = Promise.withResolvers<void>();
    const reading = (async () => {
      const options = { signal: leaving.signal, onOpen: opened.resolve };
      for await (const { event } of ann.client(eventsContract).stream({}, options)) {
        seen.push(event);
        if (seen.length === 3) return;
      }
    })();
    await opened.promise;
    told.splice(0);
    const id = await create('watched');
    await api().update({ id, title: 'renamed' });
    await api().remove({ id });
    await reading;
    leaving.abort();
    expect(seen).toEqual([
      { topic: 'conversation', id, rev: 1 },
      { topic: 'conversation', id, rev: 2 },
      { topic: 'conversation', id },
    ]);
    expect(told).toEqual(['created watched', 'updated renamed', `deleted ${id}`]);
  });
});

describe('messages', () => {
  it('come oldest first, a parent always before its children, in pages', async () => {
    const conversationId = await create('long');
    const ids = await chain(conversationId, 5);
    const first = await api().messages({ conversationId, limit: 3 });
    const second = await api().messages({ conversationId, limit: 3, after: first.next ?? '' });
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual(ids);
    expect(second.next).toBeUndefined();
  });

  it('form branches that end at any leaf', async () => {
    const conversationId = await create('tree');
    const [root = '', prompt = '', answer = ''] = await chain(conversationId, 3);
    const again = message(conversationId, { parentId: prompt, role: 'assistant' });
    await store.append(principal, conversationId, [again]);
    const branch = async (leafId: string, limit?: number) =>
      (await store.branch(principal, conversationId, leafId, limit)).map((item) => item.id);
    expect(await branch(answer)).toEqual([root, prompt, answer]);
    expect(await branch(again.id)).toEqual([root, prompt, again.id]);
    expect(await branch(again.id, 2)).toEqual([prompt, again.id]);
    expect((await api().get({ id: conversationId })).leafId).toBe(again.id);
  });

  it('reach back through a long conversation', async () => {
    const conversationId = await create('very long');
    const ids = await chain(conversationId, 1_100);
    const branch = await store.branch(principal, conversationId, ids.at(-1) ?? '');
    expect(branch.map((item) => item.id)).toEqual(ids.slice(100));
  });

  it('do not follow a message of another conversation', async () => {
    const [here, there] = [await create('here'), await create('there')];
    const [foreign = ''] = await chain(there, 1);
    const work = store.append(principal, here, [message(here, { parentId: foreign })]);
    expect(await codeOf(work)).toBe('404 CONVERSATIONS_MESSAGE_NOT_FOUND');
    expect(await codeOf(store.message(principal, here, foreign))).toBe('404 CONVERSATIONS_MESSAGE_NOT_FOUND');
    // Nor does it help to call it the leaf that was looked at.
    await api().update({ id: here, leafId: foreign });
    const again = store.append(principal, here, [message(here, { parentId: foreign })]);
    expect(await codeOf(again)).toBe('404 CONVERSATIONS_MESSAGE_NOT_FOUND');
  });

  it('change once, from running to final', async () => {
    const conversationId = await create('answer');
    const running = message(conversationId, { role: 'assistant', parts: [], state: 'running' });
    await store.append(principal, conversationId, [running]);
    const final = { ...running, parts: [{ type: 'text' as const, text: 'done' }], state: 'complete' as const };
    await store.finish({ ...final, ownerId: ann.user.id });
    expect(await store.message(principal, conversationId, running.id)).toMatchObject({ state: 'complete' });
    const late = store.finish({ ...final, state: 'failed', ownerId: ann.user.id });
    expect(await codeOf(late)).toBe('409 CONVERSATIONS_MESSAGE_FINAL');
    const stranger = store.finish({ ...final, ownerId: ben.user.id });
    expect(await codeOf(stranger)).toBe('404 CONVERSATIONS_MESSAGE_NOT_FOUND');
  });
});

describe('deletion', () => {
  it('takes the messages along and can not be repeated', async () => {
    const id = await create('gone');
    const [messageId = ''] = await chain(id, 450);
    await api().remove({ id });
    expect(await codeOf(api().get({ id }))).toBe('404 CONVERSATIONS_NOT_FOUND');
    expect(await codeOf(api().remove({ id }))).toBe('404 CONVERSATIONS_NOT_FOUND');
    expect(await codeOf(store.message(principal, id, messageId))).toBe('404 CONVERSATIONS_NOT_FOUND');
    expect(await codeOf(store.append(principal, id, [message(id)]))).toBe('404 CONVERSATIONS_NOT_FOUND');
  });

  it('is completed by the next start when the server went away meanwhile', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-conversations-'));
    try {
      const first = await startTestHost({ plugins, dataDir });
      const eve = await first.user('Eve');
      const { id } = await store.create(createPrincipal({ kind: 'user', id: eve.user.id }), {
        id: newId(),
        title: 'x',
      });
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      onDeleted = () => {
        reached.resolve();
        return released.promise;
      };
      const removing = eve
        .client(conversationsContract)
        .remove({ id })
        .catch(() => undefined);
      await reached.promise;
      await first.stop();
      released.resolve();
      await removing;
      onDeleted = () => Promise.resolve();
      told.splice(0);
      const second = await startTestHost({ plugins, dataDir });
      expect(told).toEqual([`deleted ${id}`]);
      await second.stop();
      told.splice(0);
      await (await startTestHost({ plugins, dataDir })).stop();
      expect(told).toEqual([]);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('the conversations plugin', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(conversations, {
      plugins: [storageSqlite, cacheMemory, identity, authLocal, events],
      exercise: async (other) => {
        const ada = await other.user('Ada');
        expect((await ada.client(conversationsContract).list({})).items).toEqual([]);
      },
    });
  });
});
