import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  DEFAULT_TENANT,
  defineContract,
  Id,
  isAppError,
  newId,
  op,
  personErase,
  searchErrors,
  searchIndex,
} from '@parley/contracts';
import type { SearchIndex } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { conversationsContract, conversationStore } from '@parley/plugin-conversations/contract';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import searchSqlite from '@parley/plugin-search-sqlite/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { searchContract } from '@parley/plugin-search/contract';
import search from '@parley/plugin-search/server';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestUser } from '@parley/testing';
import * as z from 'zod';

// Threads take long to start on a machine that has much to do.
jest.setTimeout(60_000);

/** Makes conversations and messages without a chat. */
const writer = defineContract('writer', '1.0.0', {
  write: op({
    method: 'POST',
    path: '/write',
    access: 'user',
    input: z.object({ conversationId: Id.optional(), title: z.string(), texts: z.array(z.string()) }),
    output: z.object({ id: Id, messageIds: z.array(Id) }),
  }),
});
const writerPlugin = definePlugin({
  id: 'writer',
  version: '1.0.0',
  kernel: '^1.0.0',
  requires: { conversations: conversationStore },
  setup(ctx, deps) {
    ctx.routes(writer, {
      async write({ conversationId, title, texts }, { principal }) {
        const id = conversationId ?? newId();
        if (conversationId === undefined) await deps.conversations.create(principal, { id, title });
        const messages = texts.map((text, place) => ({
          id: newId(),
          conversationId: id,
          role: place % 2 === 0 ? ('user' as const) : ('assistant' as const),
          parts: [{ type: 'text' as const, text }],
          state: 'complete' as const,
        }));
        await deps.conversations.append(principal, id, messages);
        return { id, messageIds: messages.map((message) => message.id) };
      },
    });
  },
});
let peek: SearchIndex | undefined;
const peeker = definePlugin({
  id: 'peeker',
  version: '1.0.0',
  kernel: '^1.0.0',
  requires: { index: searchIndex },
  setup(_ctx, { index }) {
    peek = index;
  },
});
const base = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, writerPlugin];
const fast = { search: { delayMs: 0, lookSeconds: 1 } };

async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    if (isSo(answer) || tries > 400) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const find = (user: TestUser, q: string, more: object = {}) => user.client(searchContract).search({ q, ...more });
const findSoon = (user: TestUser, q: string, count: number, more: object = {}) =>
  until(
    () => find(user, q, more),
    ({ hits }) => hits.length === count,
  );

describe('search', () => {
  let host: TestHost;
  let ada: TestUser;
  let bob: TestUser;
  beforeAll(async () => {
    host = await startTestHost({ plugins: [...base, searchSqlite, search, peeker], config: fast });
    [ada, bob] = await Promise.all([host.user('Ada'), host.user('Bob')]);
  });
  afterAll(async () => expect(await host.stop()).toEqual([]));

  it('finds a message soon after it was written, with its conversation and who said it', async () => {
    const { id, messageIds } = await ada
      .client(writer)
      .write({ title: 'Trees', texts: ['About larches', 'A larch is a tree'] });
    const result = await findSoon(ada, 'larch', 2, { sort: 'newest' });
    expect(result.hits.map((hit) => [hit.id, hit.role])).toEqual(
      expect.arrayContaining([
        [messageIds[0], 'user'],
        [messageIds[1], 'assistant'],
      ]),
    );
    expect(result.conversations).toEqual([{ id, title: 'Trees', archived: false }]);
    expect(result.hits[0]?.snippet.some(({ isHit }) => isHit)).toBe(true);
  });

  it('finds a conversation by its title, also by its new one', async () => {
    const { id } = await ada.client(writer).write({ title: 'Kangaroos', texts: [] });
    expect((await findSoon(ada, 'kangaroos', 1)).hits).toMatchObject([{ id, conversationId: id }]);
    await ada.client(conversationsContract).update({ id, title: 'Wallabies' });
    await findSoon(ada, 'wallabies', 1);
    expect((await find(ada, 'kangaroos')).hits).toEqual([]);
  });

  it('finds nothing of anybody else', async () => {
    await ada.client(writer).write({ title: 'Secret plan', texts: ['the xylophone is buried'] });
    await findSoon(ada, 'xylophone', 1);
    expect(await find(bob, 'xylophone')).toMatchObject({ hits: [], conversations: [] });
  });

  it('keeps to a conversation, a role and a span of time', async () => {
    const one = await ada.client(writer).write({ title: 'One', texts: ['a zeppelin', 'a zeppelin flies'] });
    await ada.client(writer).write({ title: 'Two', texts: ['another zeppelin'] });
    await findSoon(ada, 'zeppelin', 3);
    expect((await find(ada, 'zeppelin', { conversationId: one.id })).hits).toHaveLength(2);
    expect((await find(ada, 'zeppelin', { role: 'assistant' })).hits.map(({ role }) => role)).toEqual(['assistant']);
    expect((await find(ada, 'zeppelin', { to: '2020-01-01T00:00:00.000Z' })).hits).toEqual([]);
    expect((await find(ada, 'zeppelin', { from: '2020-01-01T00:00:00.000Z' })).hits).toHaveLength(3);
  });

  it('leaves archived conversations out unless asked, and deleted ones always', async () => {
    const { id } = await ada.client(writer).write({ title: 'Old', texts: ['a quagga'] });
    await findSoon(ada, 'quagga', 1);
    await ada.client(conversationsContract).update({ id, archived: true });
    expect((await find(ada, 'quagga')).hits).toEqual([]);
    expect((await find(ada, 'quagga', { archived: true })).hits).toHaveLength(1);
    await ada.client(conversationsContract).remove({ id });
    expect((await find(ada, 'quagga', { archived: true })).hits).toEqual([]);
  });

  it('pages through all hits', async () => {
    await ada
      .client(writer)
      .write({ title: 'Many', texts: Array.from({ length: 25 }, (_, at) => `okapi number ${at}`) });
    await findSoon(ada, 'okapi', 25, { limit: 50 });
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = await find(ada, 'okapi', { limit: 10, ...(after === undefined ? {} : { after }) });
      for (const { id } of page.hits) seen.add(id);
      after = page.next;
    } while (after !== undefined);
    expect(seen.size).toBe(25);
  });

  it('takes whatever is typed for text', async () => {
    for (const q of ['', '"', 'a OR b', 'NEAR(a b)', '*', '^a', 'text:a', "'; DROP TABLE documents; --", '-'])
      await expect(find(ada, q)).resolves.toHaveProperty('hits');
  });

  it('lets nobody but who runs the server see or fill the index', async () => {
    const admin = await host.admin('Root');
    await expect(admin.client(searchContract).state({})).resolves.toMatchObject({ state: expect.any(String) });
    const refused = await bob
      .client(searchContract)
      .refill({})
      .catch((error: unknown) => error);
    expect(isAppError(refused) && refused.status).toBe(403);
  });

  it('finds everything again after the index was emptied', async () => {
    await ada.client(writer).write({ title: 'Refill', texts: ['a narwhal'] });
    await findSoon(ada, 'narwhal', 1);
    const admin = await host.admin('Root');
    await admin.client(searchContract).refill({});
    await findSoon(ada, 'narwhal', 1);
    const state = await until(
      () => admin.client(searchContract).state({}),
      (now) => now.state === 'ready',
    );
    expect(state.documents).toBeGreaterThan(0);
  });

  it('forgets a person who is erased, and nobody else', async () => {
    await ada.client(writer).write({ title: 'Stays', texts: ['an ocelot'] });
    await bob.client(writer).write({ title: 'Goes', texts: ['an ocelot'] });
    await Promise.all([findSoon(ada, 'ocelot', 1), findSoon(bob, 'ocelot', 1)]);
    const person = { tenantId: DEFAULT_TENANT, userId: bob.user.id };
    const erased = await host.kernel.hook(personErase).run(person, host.kernel.call());
    expect(erased).toContainEqual({ pluginId: 'search', items: [] });
    const inIndex = async ({ user }: TestUser) => {
      const query = { text: 'ocelot', tenantId: DEFAULT_TENANT, ownerId: user.id, sort: 'best', limit: 10 } as const;
      return (await peek?.search(query))?.hits.length;
    };
    expect(await inIndex(bob)).toBe(0);
    expect(await inIndex(ada)).toBe(1);
  });
});

describe('an index that is away', () => {
  it('ends a search with 503 and a reason; what was written meanwhile is found once it is back', async () => {
    let isAway = true;
    const flaky = definePlugin({
      ...searchSqlite,
      setup(ctx, deps) {
        const provide: typeof ctx.provide = (capability, implementation, descriptor, key) => {
          const guard = {
            get: (target: object, name: string) => {
              const method: unknown = Reflect.get(target, name);
              if (typeof method !== 'function') return method;
              return async (...args: unknown[]) => {
                if (isAway) throw searchErrors.UNAVAILABLE({ reason: 'it is away' });
                return (await Reflect.apply(method, target, args)) as unknown;
              };
            },
          };
          const proxied = new Proxy(implementation as SearchIndex, guard) as typeof implementation;
          ctx.provide(capability, proxied, descriptor, key);
        };
        return searchSqlite.setup(Object.create(ctx, { provide: { value: provide } }) as typeof ctx, deps);
      },
    });
    const host = await startTestHost({ plugins: [...base, flaky, search], config: fast });
    const ada = await host.user('Ada');
    await ada.client(writer).write({ title: 'While away', texts: ['a pangolin'] });
    const error = await find(ada, 'pangolin').catch((thrown: unknown) => thrown);
    expect(isAppError(error, searchErrors.UNAVAILABLE.code) && error.message).toContain('it is away');
    isAway = false;
    expect((await findSoon(ada, 'pangolin', 1)).hits).toHaveLength(1);
    await host.stop();
  });
});

describe('records that were there before', () => {
  it('are found once search is used', async () => {
    const first = await startTestHost({ plugins: base });
    const ada = await first.user('Ada');
    await ada.client(writer).write({ title: 'Before', texts: ['an axolotl'] });
    expect(first.kernel.graph().plugins.some(({ id }) => id === 'search')).toBe(false);
    const target = first.kernel.composition();
    await first.kernel.apply({
      ...target,
      plugins: [
        ...target.plugins,
        { plugin: searchSqlite, firstParty: true },
        { plugin: search, firstParty: true, config: fast.search },
      ],
    });
    expect((await findSoon(ada, 'axolotl', 1)).hits).toHaveLength(1);
    await first.stop();
  });
});

it('is a well-behaved plugin', async () => {
  const index = definePlugin({
    id: 'visitor',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { searchIndex },
    setup: () => undefined,
  });
  await testPluginContract(search, { plugins: [...base, searchSqlite, index] });
});
