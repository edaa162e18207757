import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Session, User } from '@parley/contracts';
import { relativeTime } from '@parley/web';
import { createHost, HostProvider, type SessionChannel } from '@parley/web/host';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { AccountSettings } from './account-settings.tsx';
import { createSessionAdapter } from './session-adapter.ts';
import { SessionSettings } from './session-settings.tsx';

const ada: User = {
  id: '01900000-0000-7000-8000-000000000001',
  tenantId: 'default',
  email: 'ada@example.org',
  name: 'Ada',
  roles: [],
  createdAt: '2026-01-01T00:00:00.000Z',
};
const session = (number: number, device: string, current = false): Session => ({
  id: `01900000-0000-7000-8000-00000000010${number}`,
  device,
  ip: '192.0.2.7',
  createdAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: new Date(Date.now() - number * 3_600_000).toISOString(),
  current,
});

/** A browser with one tab. */
const channel: SessionChannel = {
  send: () => undefined,
  onMessage: () => undefined,
  exclusive: (work) => work(),
  keep: () => undefined,
  hadSession: () => false,
  renewed: () => undefined,
  renewedAt: () => 0,
};

/** A server that keeps one user and some sessions. */
function createServer(sessions: Session[]) {
  let items = sessions;
  let user = ada;
  const calls: string[] = [];
  const reply = (body?: unknown, status = 200) =>
    new Response(body === undefined ? null : JSON.stringify(body), {
      status: body === undefined ? 204 : status,
      headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
    });
  const fetch = async (input: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
    const path = String(input);
    calls.push(`${init?.method ?? 'GET'} ${path}`);
    if (path === '/api/auth/me' && init?.method === 'PATCH') {
      user = { ...user, ...(JSON.parse(String(init.body)) as { name: string }) };
      return reply(user);
    }
    if (path === '/api/auth/refresh') return reply({ status: 401, code: 'IDENTITY_SIGNED_OUT', detail: 'over' }, 401);
    if (path === '/api/auth/me') return reply({ user });
    if (path === '/api/auth/logout') return reply();
    if (init?.method === 'DELETE') {
      const id = path.split('/')[4];
      items = items.filter((item) => (id === undefined ? item.current : item.id !== id));
      return reply();
    }
    return reply({ items });
  };
  return { fetch, calls };
}

function show(element: ReactElement, sessions: Session[] = []) {
  const server = createServer(sessions);
  const toast = jest.fn();
  const runtime = createHost({
    config: { name: 'Parley', version: '0', plugins: {} },
    manifest: { plugins: [], contributions: [] },
    source: { load: () => Promise.reject(new Error('nothing to load')) },
    onError: (error) => {
      throw error;
    },
    toast,
    navigate: () => undefined,
    channel,
    fetch: server.fetch,
  });
  runtime.session.signedIn(ada);
  render(<HostProvider runtime={runtime}>{element}</HostProvider>);
  return { ...server, toast, session: runtime.session, user: userEvent.setup() };
}

afterEach(() => {
  cleanup();
});

describe('the session adapter', () => {
  it('tells who is signed in, and ends the session', async () => {
    const { fetch, calls } = createServer([]);
    const adapter = createSessionAdapter({ fetch });
    expect(await adapter.load()).toEqual(ada);
    await adapter.signOut();
    expect(calls).toEqual(['GET /api/auth/me', 'POST /api/auth/logout']);
  });

  it('asks once and gives up with 401 when a renewal is refused', async () => {
    const { fetch, calls } = createServer([]);
    await expect(createSessionAdapter({ fetch }).renew()).rejects.toMatchObject({ status: 401 });
    expect(calls).toEqual(['POST /api/auth/refresh']);
  });
});

describe('the account page', () => {
  it('saves the name and tells the page', async () => {
    const { user, session, toast } = show(<AccountSettings />);
    const name = screen.getByLabelText('Name');
    await user.clear(name);
    await user.type(name, ' Ada Lovelace {Enter}');
    await waitFor(() => expect(session.state.user?.name).toBe('Ada Lovelace'));
    expect(toast).toHaveBeenCalledWith(expect.objectContaining({ title: 'Name saved' }));
  });

  it('takes no empty name', async () => {
    const { user, calls } = show(<AccountSettings />);
    await user.clear(screen.getByLabelText('Name'));
    await user.type(screen.getByLabelText('Name'), '{Enter}');
    expect(screen.getByText('Enter your name')).toBeTruthy();
    expect(calls).toEqual([]);
  });

  it('shows the address without letting anybody change it', () => {
    show(<AccountSettings />);
    expect(screen.getByLabelText<HTMLInputElement>('E-mail address').readOnly).toBe(true);
  });
});

describe('the sessions page', () => {
  const devices = [session(2, 'Safari on iPhone'), session(1, 'Firefox on Linux', true), session(3, 'curl')];

  it('lists devices, this one first, and when the others were last seen', async () => {
    show(<SessionSettings />, devices);
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual([
      'Firefox on Linux This deviceActive now from 192.0.2.7',
      'Safari on iPhone Last seen 2 hours ago from 192.0.2.7Sign out',
      'curl Last seen 3 hours ago from 192.0.2.7Sign out',
    ]);
  });

  it('signs one device out', async () => {
    const { user } = show(<SessionSettings />, devices);
    await user.click(await screen.findByRole('button', { name: 'Sign out Safari on iPhone' }));
    await waitFor(() => expect(screen.queryByText('Safari on iPhone')).toBeNull());
    expect(screen.getByText('curl')).toBeTruthy();
  });

  it('signs all others out, after asking', async () => {
    const { user, calls } = show(<SessionSettings />, devices);
    await user.click(await screen.findByRole('button', { name: 'Sign out all other devices' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(calls).toEqual(['GET /api/auth/sessions']);
    await user.click(within(dialog).getByRole('button', { name: 'Sign out' }));
    await screen.findByText('You are signed in on this device only.');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('offers nothing to end when there is only this device', async () => {
    show(<SessionSettings />, devices.slice(1, 2));
    await screen.findByText('You are signed in on this device only.');
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('relativeTime', () => {
  const nowMs = Date.parse('2026-06-15T12:00:00Z');
  it.each([
    ['2026-06-15T11:59:30Z', undefined],
    ['2026-06-15T11:58:00Z', '2 minutes ago'],
    ['2026-06-15T09:00:00Z', '3 hours ago'],
    ['2026-06-14T11:00:00Z', 'yesterday'],
    ['2026-05-30T12:00:00Z', '2 weeks ago'],
    ['2024-06-01T12:00:00Z', '2 years ago'],
  ])('calls %s %s', (instant, words) => {
    expect(relativeTime(instant, nowMs, 'en')).toBe(words);
  });
});
