import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defineContract, hostReady, isAppError, op, User } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestSession } from '@parley/testing';
import * as z from 'zod';
import { accounts, identityContract, SignedIn } from '@parley/plugin-identity/contract';
import identity from '@parley/plugin-identity/server';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Stands for any sign-in strategy: lets everybody in who says a name. */
const doorContract = defineContract('door', '1.0.0', {
  enter: op({
    method: 'POST',
    path: '/api/auth/door',
    access: 'public',
    input: z.object({ name: z.string(), setupToken: z.string().optional() }),
    output: SignedIn,
  }),
  create: op({
    method: 'POST',
    path: '/create',
    access: 'public',
    input: z.object({ email: z.string(), setupToken: z.string().optional() }),
    output: User,
  }),
});
const door = definePlugin({
  id: 'door',
  version: '1.0.0',
  kernel: '^1.0.0',
  requires: { accounts },
  setup(ctx, { accounts }) {
    ctx.routes(doorContract, {
      async enter({ name, setupToken }, { http }) {
        if (!http) throw new Error('HTTP only');
        const email = `${name}@example.org`;
        const user =
          (await accounts.findByEmail(email)) ??
          (await accounts.createUser({ email, name, ...(setupToken === undefined ? {} : { setupToken }) }));
        return accounts.signIn(user, http);
      },
      create: ({ email, setupToken }) =>
        accounts.createUser({ email, name: 'Somebody', ...(setupToken === undefined ? {} : { setupToken }) }),
    });
  },
});

let nowMs = START_MS;
let host: TestHost;
beforeEach(async () => {
  nowMs = START_MS;
  host = await startTestHost({ plugins: [storageSqlite, identity, door], clock: { now: () => nowMs } });
});
afterEach(async () => {
  await host.stop();
});

const ask = (session: TestSession) => session.client(identityContract);
const enter = async (name: string, setupToken?: string) => {
  const session = host.session();
  const reply = await session.client(doorContract).enter({ name, ...(setupToken === undefined ? {} : { setupToken }) });
  return { ...session, ...reply };
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  );
const refreshWith = (token: string | undefined) =>
  host.session().request('/api/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `parley-refresh=${token ?? ''}` },
    body: '{}',
  });
const setCookies = (response: Response) => response.headers.getSetCookie();
const refreshCookieOf = (response: Response) =>
  setCookies(response)
    .find((line) => line.startsWith('parley-refresh='))
    ?.split(/[=;]/)[1] ?? '';
const meWith = async (headers: Record<string, string>) =>
  (await host.session().request('/api/auth/sessions', { headers })).status;

describe('who is signed in', () => {
  it('is nobody at first', async () => {
    expect(await ask(host).me({})).toEqual({});
  });

  it('is the user after signing in', async () => {
    const ada = await enter('ada');
    expect(await ask(ada).me({})).toEqual({ user: ada.user });
  });

  it('is told by a bearer token without any cookie', async () => {
    const { accessToken } = await enter('ada');
    expect(await meWith({ authorization: `Bearer ${accessToken}` })).toBe(200);
  });

  it('is decided by the bearer token alone where there is one', async () => {
    const { accessToken } = await enter('ada');
    expect(await meWith({ authorization: 'Bearer wrong', cookie: `parley-access=${accessToken}` })).toBe(401);
  });

  it('is nobody once the access token has expired', async () => {
    const ada = await enter('ada');
    nowMs += 15 * MINUTE_MS;
    expect(await ask(ada).me({})).toEqual({});
  });

  it('changes the own name', async () => {
    const ada = await enter('ada');
    await ask(ada).updateMe({ name: ' Ada Lovelace ' });
    expect((await ask(ada).me({})).user?.name).toBe('Ada Lovelace');
  });
});

describe('cookies', () => {
  const enterRaw = (headers: Record<string, string> = {}) =>
    host.session().request('/api/auth/door', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'ada' }),
    });

  it('are hidden from scripts, bound to the site, and no wider than needed', async () => {
    const lines = setCookies(await enterRaw()).map((line) => line.replace(/=[^;]+/, '=…'));
    expect(lines).toEqual([
      'parley-access=…; Path=/; Max-Age=900; SameSite=Lax; HttpOnly',
      'parley-refresh=…; Path=/api/auth; Max-Age=2592000; SameSite=Lax; HttpOnly',
    ]);
  });

  it('are cleared at the end of the session', async () => {
    const ada = await enter('ada');
    await ask(ada).signOut({});
    expect([ada.cookies.get('parley-access'), ada.cookies.get('parley-refresh')]).toEqual([undefined, undefined]);
  });
});

describe('renewing', () => {
  it('gives a new access token and another refresh token', async () => {
    const ada = await enter('ada');
    const before = ada.cookies.get('parley-refresh');
    nowMs += 15 * MINUTE_MS;
    await ask(ada).refresh({});
    expect(ada.cookies.get('parley-refresh')).not.toBe(before);
    expect((await ask(ada).me({})).user).toEqual(ada.user);
  });

  it('gives tabs that renew at the same moment the same token, and ends nothing', async () => {
    const ada = await enter('ada');
    const token = ada.cookies.get('parley-refresh');
    const replies = await Promise.all([refreshWith(token), refreshWith(token), refreshWith(token)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(replies.map(refreshCookieOf)).size).toBe(1);
  });

  it('gives a browser that lost the reply the same token within ten seconds', async () => {
    const ada = await enter('ada');
    const token = ada.cookies.get('parley-refresh');
    const first = refreshCookieOf(await refreshWith(token));
    nowMs += 10_000;
    expect(refreshCookieOf(await refreshWith(token))).toBe(first);
  });

  it('ends the session when a token that was traded in comes again later', async () => {
    const ada = await enter('ada');
    const token = ada.cookies.get('parley-refresh');
    const next = refreshCookieOf(await refreshWith(token));
    nowMs += 10_001;
    const reused = await refreshWith(token);
    expect(await reused.json()).toMatchObject({ status: 401, code: 'IDENTITY_REFRESH_REUSED' });
    expect((await refreshWith(next)).status).toBe(401);
    expect(await meWith({ authorization: `Bearer ${ada.accessToken}` })).toBe(401);
  });

  it('ends the session when a thief and the owner both trade in a copy made within the ten seconds', async () => {
    const ada = await enter('ada');
    const token = ada.cookies.get('parley-refresh');
    const owners = refreshCookieOf(await refreshWith(token));
    const thiefs = refreshCookieOf(await refreshWith(token));
    nowMs += 15 * MINUTE_MS;
    expect((await refreshWith(thiefs)).status).toBe(200);
    nowMs += MINUTE_MS;
    expect((await refreshWith(owners)).status).toBe(401);
    expect((await ask(await enter('ada')).sessions({})).items).toHaveLength(1);
  });

  it('knows a token from long ago as used', async () => {
    const ada = await enter('ada');
    const oldest = ada.cookies.get('parley-refresh');
    for (let count = 0; count < 4; count += 1) {
      nowMs += 15 * MINUTE_MS;
      await ask(ada).refresh({});
    }
    expect(await (await refreshWith(oldest)).json()).toMatchObject({ code: 'IDENTITY_REFRESH_REUSED' });
  });

  it('clears the cookies when the session is over', async () => {
    const lines = setCookies(await refreshWith('no-token'));
    expect(lines.map((line) => line.split(';')[0])).toEqual(['parley-access=', 'parley-refresh=']);
  });

  it.each([
    ['nothing', undefined],
    ['what is no token', 'x.y'],
    ['a session that does not exist', `00000000-0000-7000-8000-000000000000.${'a'.repeat(43)}`],
  ])('refuses %s', async (_name, token) => {
    expect(await (await refreshWith(token)).json()).toMatchObject({ status: 401, code: 'IDENTITY_SIGNED_OUT' });
  });

  it('refuses a session that nobody used for thirty days', async () => {
    const ada = await enter('ada');
    nowMs += 30 * DAY_MS;
    expect(await codeOf(ask(ada).refresh({}))).toBe('IDENTITY_SIGNED_OUT');
  });

  it('refuses a session after 180 days, however often it was used', async () => {
    const ada = await enter('ada');
    for (let days = 0; days < 175; days += 25) {
      nowMs += 25 * DAY_MS;
      await ask(ada).refresh({});
    }
    nowMs += 5 * DAY_MS;
    expect(await codeOf(ask(ada).refresh({}))).toBe('IDENTITY_SIGNED_OUT');
  });
});

describe('sessions', () => {
  it('lists the own devices, latest first, and marks the present one', async () => {
    const laptop = await enter('ada');
    nowMs += MINUTE_MS;
    const phone = await enter('ada');
    await enter('bob');
    const { items } = await ask(laptop).sessions({});
    expect(items.map(({ current }) => current)).toEqual([false, true]);
    expect(items[0]).toMatchObject({ lastSeenAt: new Date(nowMs).toISOString(), ip: '127.0.0.1' });
    await ask(phone).signOut({});
    expect((await ask(laptop).sessions({})).items).toHaveLength(1);
  });

  it('says when a device was last seen', async () => {
    const ada = await enter('ada');
    nowMs += 14 * MINUTE_MS;
    await ask(ada).refresh({});
    const [session] = (await ask(ada).sessions({})).items;
    expect(session?.lastSeenAt).toBe(new Date(nowMs).toISOString());
  });

  it('ends one: its access token and its refresh token are refused at once', async () => {
    const [laptop, phone] = [await enter('ada'), await enter('ada')];
    expect((await ask(phone).sessions({})).items).toHaveLength(2);
    const { items } = await ask(laptop).sessions({});
    await ask(laptop).revokeSession({ id: items.find(({ current }) => !current)?.id ?? '' });
    expect(await codeOf(ask(phone).sessions({}))).toBe('HOST_UNAUTHENTICATED');
    expect(await codeOf(ask(phone).refresh({}))).toBe('IDENTITY_SIGNED_OUT');
  });

  it('ends all others', async () => {
    const [laptop, phone, bob] = [await enter('ada'), await enter('ada'), await enter('bob')];
    await ask(laptop).revokeOtherSessions({});
    expect(await codeOf(ask(phone).sessions({}))).toBe('HOST_UNAUTHENTICATED');
    expect(await codeOf(ask(laptop).sessions({}))).toBe('no error');
    expect(await codeOf(ask(bob).sessions({}))).toBe('no error');
  });

  it('does not end, or even know, the session of somebody else', async () => {
    const [ada, bob] = [await enter('ada'), await enter('bob')];
    const [session] = (await ask(ada).sessions({})).items;
    expect(await codeOf(ask(bob).revokeSession({ id: session?.id ?? '' }))).toBe('IDENTITY_SESSION_NOT_FOUND');
    expect(await codeOf(ask(ada).sessions({}))).toBe('no error');
  });

  it('ends the own by signing out, also when the access token has expired', async () => {
    const ada = await enter('ada');
    const token = ada.cookies.get('parley-refresh');
    nowMs += 20 * MINUTE_MS;
    await ask(ada).signOut({});
    expect((await refreshWith(token)).status).toBe(401);
  });

  it('replaces the one this browser had when somebody signs in again', async () => {
    const browser = await enter('ada');
    await browser.client(doorContract).enter({ name: 'ada' });
    expect((await ask(browser).sessions({})).items).toHaveLength(1);
    expect(await meWith({ authorization: `Bearer ${browser.accessToken}` })).toBe(401);
  });
});

describe('users', () => {
  it('have one account per address, however it is spelled', async () => {
    await enter('ada');
    const again = await enter('ADA');
    expect(again.user.name).toBe('ada');
  });

  it('are one when several sign up with the same address at once', async () => {
    const create = () => codeOf(host.client(doorContract).create({ email: 'ada@example.org' }));
    expect((await Promise.all([create(), create(), create()])).toSorted()).toEqual([
      'IDENTITY_EMAIL_TAKEN',
      'IDENTITY_EMAIL_TAKEN',
      'no error',
    ]);
  });
});

describe('the setup address', () => {
  const notices = async () => host.kernel.hook(hostReady).run({ url: host.url }, host.kernel.call());
  const setupToken = async () => new URL((await notices())[0]?.text ?? '').searchParams.get('setup') ?? '';

  it('is printed as long as there is no administrator', async () => {
    await enter('ada');
    expect(await notices()).toEqual([
      {
        label: 'Create the administrator account',
        text: expect.stringMatching(new RegExp(`^${host.url}/register\\?setup=[\\w-]{43}$`)),
      },
    ]);
  });

  it('makes the administrator', async () => {
    expect((await enter('ada', await setupToken())).user.roles).toEqual(['admin']);
  });

  it('makes nobody else one: who signs up without it is an ordinary user, the first one too', async () => {
    expect((await enter('ada')).user.roles).toEqual([]);
  });

  it('works once, and is printed no more', async () => {
    const token = await setupToken();
    await enter('ada', token);
    expect(await codeOf(enter('bob', token))).toBe('IDENTITY_SETUP_TOKEN_INVALID');
    expect(await notices()).toEqual([]);
  });

  it('makes one administrator of two that use it at once', async () => {
    const token = await setupToken();
    const outcomes = await Promise.all(['ada', 'bob', 'cyd'].map((name) => codeOf(enter(name, token))));
    expect(outcomes.toSorted()).toEqual(['IDENTITY_SETUP_TOKEN_INVALID', 'IDENTITY_SETUP_TOKEN_INVALID', 'no error']);
  });

  it('is refused with a wrong token, and makes no account then', async () => {
    await setupToken();
    expect(await codeOf(enter('ada', 'x'.repeat(43)))).toBe('IDENTITY_SETUP_TOKEN_INVALID');
    expect((await enter('ada')).user.roles).toEqual([]);
  });

  it('can be used after an attempt with a taken address failed', async () => {
    await enter('ada');
    const token = await setupToken();
    const create = (email: string) => host.client(doorContract).create({ email, setupToken: token });
    expect(await codeOf(create('Ada@example.org'))).toBe('IDENTITY_EMAIL_TAKEN');
    expect((await create('bob@example.org')).roles).toEqual(['admin']);
  });
});

describe('secrets', () => {
  it('stand in no log line', async () => {
    const ada = await enter('ada');
    const token = ada.cookies.get('parley-refresh') ?? '';
    await refreshWith(token);
    nowMs += MINUTE_MS;
    await refreshWith(token);
    await meWith({ authorization: `Bearer ${ada.accessToken}x` });
    const text = JSON.stringify(host.logs);
    expect(text).toContain('A refresh token was used twice');
    for (const secret of [ada.accessToken, token.split('.')[1] ?? 'missing']) expect(text).not.toContain(secret);
  });
});

describe('as a plugin', () => {
  it('keeps the contract of a plugin', async () => {
    await testPluginContract(identity, {
      plugins: [storageSqlite, door],
      exercise: async (exercised) => {
        const session = exercised.session();
        await session.client(doorContract).enter({ name: 'ada' });
        await ask(session).refresh({});
        await ask(session).signOut({});
      },
    });
  });
});
