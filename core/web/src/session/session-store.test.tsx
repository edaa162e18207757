import { describe, expect, it, jest } from '@jest/globals';
import { AppError, type User } from '@parley/contracts';
import { createLoneChannel } from '../testing/index.ts';
import type { SessionAdapter } from './session-adapter.ts';
import { SessionStore } from './session-store.ts';

const ada: User = {
  id: '01900000-0000-7000-8000-000000000001',
  tenantId: 'default',
  email: 'ada@example.org',
  name: 'Ada',
  roles: [],
  createdAt: '2026-01-01T00:00:00.000Z',
};
const over = new AppError({ code: 'IDENTITY_SIGNED_OUT', status: 401, message: 'over' });
const offline = new AppError({ code: 'CLIENT_OFFLINE', status: 503, message: 'offline' });

function setUp(adapter: Partial<SessionAdapter>, channel = createLoneChannel()) {
  const session = new SessionStore(channel);
  session.use({ load: async () => undefined, renew: async () => ada, signOut: async () => undefined, ...adapter });
  return session;
}

describe('a session', () => {
  it('is known after loading', async () => {
    const session = setUp({ load: async () => ada });
    expect(session.state.status).toBe('loading');
    await session.load();
    expect(session.state).toEqual({ status: 'signed-in', user: ada, isExpired: false });
  });

  it('makes no renewal request for a visitor who never had one', async () => {
    const renew = jest.fn(async () => ada);
    const session = setUp({ renew });
    await session.load();
    expect(session.state.status).toBe('signed-out');
    expect(renew).not.toHaveBeenCalled();
  });

  it('is renewed at the start where this browser had one', async () => {
    const session = setUp({}, { ...createLoneChannel(), hadSession: () => true });
    await session.load();
    expect(session.state.user).toEqual(ada);
  });

  it('renews once for all who ask at the same time', async () => {
    const renew = jest.fn(async () => ada);
    const session = setUp({ renew });
    session.signedIn(ada);
    expect(await Promise.all([session.renew(), session.renew(), session.renew()])).toEqual([true, true, true]);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('takes the renewal that another tab made while this one waited for its turn', async () => {
    const renew = jest.fn(async () => ada);
    const session = setUp({ renew }, { ...createLoneChannel(), renewedAt: () => Date.now() + 1 });
    session.signedIn(ada);
    expect(await session.renew()).toBe(true);
    expect(renew).not.toHaveBeenCalled();
  });

  it('stays when the renewal fails for want of a connection', async () => {
    const session = setUp({ renew: () => Promise.reject(offline) });
    session.signedIn(ada);
    await expect(session.renew()).rejects.toBe(offline);
    expect(session.state.status).toBe('signed-in');
  });
});

describe('a session that is over', () => {
  const expire = async () => {
    const session = setUp({ renew: () => Promise.reject(over) });
    session.signedIn(ada);
    const answer = session.renew();
    await new Promise<void>((resolve) => session.subscribe(resolve));
    return { session, answer };
  };

  it('keeps who it was, so that the page can ask for the password', async () => {
    const { session } = await expire();
    expect(session.state).toEqual({ status: 'signed-out', user: ada, isExpired: true });
  });

  it('lets waiting requests go on after the sign-in', async () => {
    const { session, answer } = await expire();
    session.signedIn(ada);
    expect(await answer).toBe(true);
  });

  it('lets waiting requests fail after a sign-out', async () => {
    const { session, answer } = await expire();
    await session.signOut();
    expect(await answer).toBe(false);
  });

  it('does not hold up the sign-in itself', async () => {
    const { session } = await expire();
    expect(await session.renew()).toBe(false);
  });
});
