import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { eventsContract, PLUGINS_CHANGED, userEvents } from '@parley/plugin-events/contract';
import type { UserEvent, UserEvents } from '@parley/plugin-events/contract';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestUser } from '@parley/testing';

let bell: UserEvents;

/** Rings as other plugins do. */
const ringer = definePlugin({
  id: 'ringer',
  version: '1.0.0',
  kernel: '^1.0.0',
  requires: { userEvents },
  setup(_ctx, deps) {
    bell = deps.userEvents;
  },
});
const others = [storageSqlite, cacheMemory, identity, authLocal];

let host: TestHost;
let ann: TestUser;

beforeAll(async () => {
  host = await startTestHost({ plugins: [...others, events, ringer] });
  ann = await host.user('Ann');
});
afterAll(async () => void (await host.stop()));

/** Opens a tab, of Ann without another; resolves with its first event once it is there. */
async function openTab(
  person: Pick<TestUser, 'client'> = ann,
): Promise<{ readonly first: Promise<UserEvent | undefined> }> {
  const opened = Promise.withResolvers<void>();
  const read = async () => {
    for await (const { event } of person.client(eventsContract).stream({}, { onOpen: opened.resolve })) return event;
    return undefined;
  };
  const first = read();
  await opened.promise;
  return { first };
}

describe('events', () => {
  it('reach every open tab of the user and nobody else', async () => {
    const tabs = [await openTab(), await openTab()];
    await bell.publish('somebody else', { topic: 'conversation', id: 'theirs' });
    await bell.publish(ann.user.id, { topic: 'conversation', id: 'mine', rev: 2 });
    for (const tab of tabs) expect(await tab.first).toEqual({ topic: 'conversation', id: 'mine', rev: 2 });
  });

  it('tell every tab when plugins have changed', async () => {
    const ben = await host.user('Ben');
    const tabs = [await openTab(), await openTab(ben)];
    const composition = host.kernel.composition();
    await host.kernel.apply({ ...composition, plugins: composition.plugins.filter(({ plugin }) => plugin !== ringer) });
    for (const tab of tabs) expect(await tab.first).toEqual({ topic: PLUGINS_CHANGED, id: 'plugins' });
    await host.kernel.apply(composition);
  });

  it('end with the plugin that serves them, so that the tab comes back to the one in its place', async () => {
    const tab = await openTab();
    const composition = host.kernel.composition();
    const plugins = composition.plugins.map((use) => (use.plugin === events ? { ...use, plugin: { ...events } } : use));
    await host.kernel.apply({ ...composition, plugins });
    expect(await tab.first).toBeUndefined();
    await host.kernel.drained();
    const again = await openTab();
    await bell.publish(ann.user.id, { topic: 'conversation', id: 'mine' });
    expect(await again.first).toMatchObject({ id: 'mine' });
  });

  it('are for signed-in users', async () => {
    expect((await host.session().request('/api/events')).status).toBe(401);
  });

  it('leave nothing behind when the plugin stops', async () => {
    await testPluginContract(events, {
      plugins: others,
      exercise: async (other) => {
        const ben = await other.user('Ben');
        const leaving = new AbortController();
        const response = await ben.request('/api/events', { signal: leaving.signal });
        expect(response.status).toBe(200);
        leaving.abort();
      },
    });
  });
});
