import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hostReady, isAppError, personErase, personExport } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { authLocalContract } from '@parley/plugin-auth-local/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { eventsContract } from '@parley/plugin-events/contract';
import { identityContract } from '@parley/plugin-identity/contract';
import { notesContract } from '@parley/plugin-notes/contract';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { findKept, script, startTestHost } from '@parley/testing';
import type { TestHost, TestUser } from '@parley/testing';
import { readZip } from './fixtures/read-zip.ts';
import { privacyContract } from '../contract/index.ts';

const SAID = 'canary-said-by-ada';
const NOTED = 'canary-noted-by-ada';

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

let dataDir: string;
let host: TestHost;
let open: TestHost[];
beforeEach(async () => {
  open = [];
  dataDir = await mkdtemp(join(tmpdir(), 'parley-privacy-'));
  host = await start();
});
afterEach(async () => {
  for (const each of open) await each.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(...plugins: Parameters<typeof startTestHost>[0]['plugins']): Promise<TestHost> {
  const started = await startTestHost({ plugins, shipped: true, dataDir, model: script`An answer` });
  open.push(started);
  return started;
}
async function stop(): Promise<void> {
  for (const each of open.splice(0)) await each.stop();
}

/** Somebody who has used everything. */
async function use(name: string): Promise<TestUser & { readonly conversationId: string }> {
  const person = host.user(name);
  await person.chat(`canary-said-by-${name}`).expectText('An answer');
  const user = await person;
  const [conversation] = (await user.client(conversationsContract).list({})).items;
  const conversationId = conversation?.id ?? '';
  await user.client(notesContract).create({ conversationId, text: `canary-noted-by-${name}` });
  return { ...user, conversationId };
}

async function exportOf(user: TestUser): Promise<ReadonlyMap<string, string>> {
  const { name, mediaType, bytes } = await user.client(privacyContract).exportOwn({});
  expect([name, mediaType]).toEqual([expect.stringMatching(/^parley-export-\d{4}-\d\d-\d\d\.zip$/), 'application/zip']);
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return readZip(Buffer.concat(pieces));
}

const receiptsOf = async (admin: TestUser) => (await admin.client(privacyContract).receipts({})).items;

/** Waits until nobody is being erased any more. */
async function finished(admin: TestUser) {
  for (const untilMs = performance.now() + 20_000; performance.now() < untilMs; ) {
    const items = await receiptsOf(admin);
    if (items.length > 0 && items.every(({ finishedAt }) => finishedAt !== undefined)) return items;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not erased in 20 s: ${JSON.stringify(await receiptsOf(admin))}`);
}

describe('an export', () => {
  it('holds what a person has, by plugin, and says what is in it', async () => {
    const ada = await use('ada');
    const files = await exportOf(ada);
    const read = (path: string) => JSON.parse(files.get(path) ?? 'null') as Record<string, unknown>[];
    expect(files.get('identity/account.json')).toContain('ada@example.org');
    expect(JSON.stringify(read('records/conversations/message.json'))).toContain(SAID);
    expect(JSON.stringify(read('records/conversations/message.json'))).toContain('An answer');
    expect(read('records/notes/note.json')).toEqual([
      expect.objectContaining({ text: NOTED, conversationId: ada.conversationId }),
    ]);
    const about = files.get('README.txt') ?? '';
    for (const path of files.keys()) if (path !== 'README.txt') expect(about).toContain(path);
  });

  it('holds nothing secret and nothing of anybody else', async () => {
    const ada = await use('ada');
    const bob = await use('bob');
    const all = [...(await exportOf(ada)).values()].join('\n');
    expect(all).not.toMatch(/argon2|tokenHash|previousTokenHash|"hash"/);
    for (const theirs of ['said-by-bob', 'noted-by-bob', bob.email, bob.user.id]) expect(all).not.toContain(theirs);
    expect(all).not.toContain(ada.accessToken);
  });

  it('holds the files of plugins, also of any size, in their folder', async () => {
    const files = definePlugin({
      id: 'acme.files',
      version: '1.0.0',
      kernel: '^1.0.0',
      hooks: [personExport],
      setup(ctx) {
        ctx.on(personExport, ({ userId }) => ({
          pluginId: ctx.id,
          files: [
            {
              path: 'pictures/one.txt',
              about: 'A picture.',
              async *read() {
                yield userId;
                yield new TextEncoder().encode('!');
              },
            },
          ],
        }));
      },
    });
    await stop();
    host = await start(files);
    const ada = await host.user('ada');
    expect((await exportOf(ada)).get('acme.files/pictures/one.txt')).toBe(`${ada.user.id}!`);
  });

  it('is broken off, and not half of one, when a plugin fails on the way', async () => {
    const broken = definePlugin({
      id: 'acme.broken',
      version: '1.0.0',
      kernel: '^1.0.0',
      hooks: [personExport],
      setup(ctx) {
        const fail = async function* (): AsyncGenerator<string> {
          yield 'x'.repeat(1_000_000);
          throw new Error('no more');
        };
        ctx.on(personExport, () => ({ pluginId: ctx.id, files: [{ path: 'a.txt', about: 'Text.', read: fail }] }));
      },
    });
    await stop();
    host = await start(broken);
    await expect(exportOf(await host.user('ada'))).rejects.toThrow();
  });
});

describe('leaving', () => {
  it('asks for the password', async () => {
    const ada = await host.user('ada');
    expect(await codeOf(ada.client(privacyContract).eraseOwn({ password: 'wrong' }))).toBe('PRIVACY_WRONG_PASSWORD');
    expect((await ada.client(identityContract).me({})).user?.id).toBe(ada.user.id);
  });

  it('ends every session and open stream at once, and the account is gone', async () => {
    const admin = await host.admin('root');
    const ada = await use('ada');
    const phone = host.session();
    await phone.client(authLocalContract).signIn({ email: ada.email, password: ada.password });
    const connected = Promise.withResolvers<void>();
    const stream = (async () => {
      const events = phone.client(eventsContract).stream({}, { onOpen: () => connected.resolve() });
      for await (const _event of events);
    })();
    await connected.promise;
    await ada.client(privacyContract).eraseOwn({ password: ada.password });
    // Long before a heartbeat would notice.
    await Promise.race([
      stream,
      new Promise((_resolve, reject) => setTimeout(() => reject(new Error('still open')), 5_000)),
    ]);
    expect(await codeOf(ada.client(conversationsContract).list({}))).toBe('HOST_UNAUTHENTICATED');
    expect(await codeOf(phone.client(conversationsContract).list({}))).toBe('HOST_UNAUTHENTICATED');
    await finished(admin);
    const again = host.session().client(authLocalContract).signIn({ email: ada.email, password: ada.password });
    expect(await codeOf(again)).toBe('AUTH_LOCAL_WRONG_CREDENTIALS');
  });

  it('leaves nothing in the database, the data folder and the logs, and nobody else loses anything', async () => {
    const admin = await host.admin('root');
    const bob = await use('bob');
    const ada = await use('ada');
    const canaries = [SAID, NOTED, ada.email, ada.user.id, ada.conversationId];
    await stop();
    expect((await findKept(dataDir, storageSqlite, canaries)).length).toBeGreaterThan(4);

    host = await start();
    const session = host.session();
    await session.client(authLocalContract).signIn({ email: ada.email, password: ada.password });
    await session.client(privacyContract).eraseOwn({ password: ada.password });
    const root = host.session();
    await root.client(authLocalContract).signIn({ email: admin.email, password: admin.password });
    const [receipt] = await finished(root as TestUser);
    expect(receipt).toMatchObject({ by: 'self' });
    expect(receipt?.items).toEqual(
      expect.arrayContaining([
        { pluginId: 'conversations', what: 'conversation', count: 1 },
        { pluginId: 'conversations', what: 'message', count: 2 },
        { pluginId: 'notes', what: 'note', count: 1 },
        { pluginId: 'identity', what: 'account', count: 1 },
        { pluginId: 'auth-local', what: 'password', count: 1 },
      ]),
    );
    const said = JSON.stringify(host.logs.filter(({ level }) => level !== 'debug'));
    await stop();
    expect(await findKept(dataDir, storageSqlite, canaries)).toEqual([]);
    for (const canary of canaries) expect(said).not.toContain(canary);
    expect((await findKept(dataDir, storageSqlite, [bob.email, 'said-by-bob', 'noted-by-bob'])).length).toBeGreaterThan(
      2,
    );
  }, 30_000);

  it('stops an answer that is being written', async () => {
    await stop();
    const gate = Promise.withResolvers<void>();
    host = await start();
    const admin = await host.admin('root');
    const turn = host.user('ada').chat('canary-said-by-ada', { model: 'demo/guide' });
    const ada = await host.user('ada');
    await turn.expectText(/./).catch(() => undefined);
    gate.resolve();
    await ada.client(privacyContract).eraseOwn({ password: ada.password });
    await finished(admin);
    await stop();
    expect(await findKept(dataDir, storageSqlite, [SAID, ada.user.id])).toEqual([]);
  }, 30_000);

  it('is tried again until every plugin has confirmed', async () => {
    await stop();
    let isReady = false;
    const slow = definePlugin({
      id: 'acme.slow',
      version: '1.0.0',
      kernel: '^1.0.0',
      hooks: [personErase],
      setup(ctx) {
        ctx.on(personErase, () => {
          if (!isReady) throw new Error('the files are not mounted');
          return { pluginId: ctx.id, items: [] };
        });
      },
    });
    host = await start(slow);
    const admin = await host.admin('root');
    const ada = await use('ada');
    await ada.client(privacyContract).eraseOwn({ password: ada.password });
    for (const untilMs = performance.now() + 10_000; performance.now() < untilMs; ) {
      if ((await receiptsOf(admin)).some(({ problem }) => problem !== undefined)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await receiptsOf(admin)).toEqual([expect.objectContaining({ problem: 'KERNEL_HOOK_FAILED' })]);
    expect((await receiptsOf(admin))[0]).not.toHaveProperty('finishedAt');
    isReady = true;
    await host.plugin('privacy').disable();
    await host.plugin('privacy').enable();
    expect(await finished(admin)).toHaveLength(1);
  }, 30_000);

  it('reaches records of plugins that do not run', async () => {
    const admin = await host.admin('root');
    const ada = await use('ada');
    await host.plugin('notes').disable();
    await ada.client(privacyContract).eraseOwn({ password: ada.password });
    const [receipt] = await finished(admin);
    expect(receipt?.items).toContainEqual({ pluginId: 'notes', what: 'note', count: 1 });
    await stop();
    expect(await findKept(dataDir, storageSqlite, [NOTED])).toEqual([]);
  });

  it('of the only administrator must be meant, and the next start offers to administer again', async () => {
    const admin = await host.admin('root');
    const { password } = admin;
    expect(await codeOf(admin.client(privacyContract).eraseOwn({ password }))).toBe('PRIVACY_LAST_ADMINISTRATOR');
    expect(await receiptsOf(admin)).toEqual([]);
    expect(await host.kernel.hook(hostReady).run({ url: host.url }, host.kernel.call())).toEqual([]);
    await admin.client(privacyContract).eraseOwn({ password, withoutAdministrator: true });
    for (const untilMs = performance.now() + 10_000; performance.now() < untilMs; ) {
      const notices = await host.kernel.hook(hostReady).run({ url: host.url }, host.kernel.call());
      if (notices.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('nobody can administer this server any more');
  });
});

describe('an administrator', () => {
  it('sees who is there, and deletes somebody', async () => {
    const admin = await host.admin('root');
    const ada = await use('ada');
    const people = async () => (await admin.client(identityContract).users({})).items.map(({ email }) => email);
    expect(await people()).toEqual([admin.email, ada.email]);
    await admin.client(privacyContract).eraseUser({ userId: ada.user.id });
    expect(await finished(admin)).toEqual([expect.objectContaining({ by: 'administrator' })]);
    expect(await people()).toEqual([admin.email]);
    expect(await codeOf(admin.client(privacyContract).eraseUser({ userId: ada.user.id }))).toBe(
      'PRIVACY_USER_NOT_FOUND',
    );
  });

  it('deletes its own account nowhere but where the password is asked for', async () => {
    const admin = await host.admin('root');
    expect(await codeOf(admin.client(privacyContract).eraseUser({ userId: admin.user.id }))).toBe(
      'PRIVACY_OWN_ACCOUNT',
    );
  });

  it('is nobody else', async () => {
    const [ada, bob] = await Promise.all([host.user('ada'), host.user('bob')]);
    const client = ada.client(privacyContract);
    expect(await codeOf(client.eraseUser({ userId: bob.user.id }))).toBe('HOST_FORBIDDEN');
    expect(await codeOf(client.receipts({}))).toBe('HOST_FORBIDDEN');
    expect(await codeOf(ada.client(identityContract).users({}))).toBe('HOST_FORBIDDEN');
  });
});
