import { describe, expect, it } from '@jest/globals';
import type { HttpExchange } from '@parley/contracts';
import { createPrincipalResolver } from './principal-resolver.ts';

const exchange = (headers: Record<string, string>, cookies: Record<string, string> = {}): HttpExchange => ({
  method: 'GET',
  path: '/',
  ip: '127.0.0.1',
  isSecure: false,
  header: (name) => headers[name],
  cookie: (name) => cookies[name],
  setCookie: () => undefined,
  clearCookie: () => undefined,
  setHeader: () => undefined,
});
const request = exchange({ authorization: 'Bearer good' });

function setUp() {
  let nowMs = 0;
  let checks = 0;
  const alive = new Set(['session-1']);
  const resolver = createPrincipalResolver({
    accessTokens: {
      verify: async (token) => {
        checks += 1;
        if (token !== 'good') return undefined;
        return { userId: 'user-1', sessionId: 'session-1', tenantId: 'default', roles: [], expiresAtMs: 60_000 };
      },
    },
    isAlive: async (sessionId) => alive.has(sessionId),
    clock: { now: () => nowMs },
  });
  return { resolver, alive, advance: (ms: number) => (nowMs += ms), checks: () => checks };
}

describe('createPrincipalResolver', () => {
  it('finds nobody without a token', async () => {
    expect(await setUp().resolver.resolve(exchange({}))).toBeUndefined();
  });

  it('takes the cookie', async () => {
    const principal = await setUp().resolver.resolve(exchange({}, { 'parley-access': 'good' }));
    expect(principal).toMatchObject({ kind: 'user', id: 'user-1', sessionId: 'session-1' });
  });

  it('looks a token up once in five seconds', async () => {
    const { resolver, advance, checks } = setUp();
    for (let count = 0; count < 3; count += 1) await resolver.resolve(request);
    advance(4_999);
    await resolver.resolve(request);
    expect(checks()).toBe(1);
  });

  it('notices after five seconds that another node ended the session', async () => {
    const { resolver, alive, advance } = setUp();
    await resolver.resolve(request);
    alive.clear();
    advance(5_000);
    expect(await resolver.resolve(request)).toBeUndefined();
  });

  it('notices at once that this node ended the session', async () => {
    const { resolver, alive } = setUp();
    await resolver.resolve(request);
    alive.clear();
    resolver.forgetSession('session-1');
    expect(await resolver.resolve(request)).toBeUndefined();
  });
});
