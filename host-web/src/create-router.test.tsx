import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { User } from '@parley/contracts';
import { createTestShell } from '@parley/web/testing';
import { act, cleanup, render, screen } from '@testing-library/react';
import { createRouter, Pages } from './create-router.tsx';

const ada: User = {
  id: '01900000-0000-7000-8000-000000000001',
  tenantId: 'default',
  email: 'ada@example.org',
  name: 'Ada',
  roles: [],
  createdAt: '2026-01-01T00:00:00.000Z',
};
const kanban = {
  id: 'kanban',
  slots: { route: { board: ({ params }: { params: Record<string, string> }) => <h1>board {params['id']}</h1> } },
};
const contribution = { slot: 'route', pluginId: 'kanban', id: 'board', key: '/x/kanban/:id', order: 500 };

async function open(path: string, user?: User) {
  history.replaceState(null, '', path);
  const { runtime, Shell } = createTestShell({
    plugins: [kanban],
    contributions: [contribution],
    ...(user ? { user } : {}),
  });
  if (!user) await runtime.session.load();
  const router = createRouter();
  await act(async () => render(<Pages router={router} />, { wrapper: Shell }));
  return { runtime, router };
}

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('routes', () => {
  it('show the page a plugin contributes, with the parameters of its path', async () => {
    await open('/x/kanban/42', ada);
    expect(await screen.findByRole('heading', { name: 'board 42' })).toBeTruthy();
  });

  it('come and go with their plugins while the page is open', async () => {
    const { runtime } = await open('/x/kanban/42', ada);
    await screen.findByRole('heading', { name: 'board 42' });
    await act(async () => runtime.plugins.update({ plugins: [], contributions: [] }));
    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeTruthy();
    const plugins = [{ id: 'kanban', version: '0.0.0' }];
    await act(async () => runtime.plugins.update({ plugins, contributions: [contribution] }));
    expect(await screen.findByRole('heading', { name: 'board 42' })).toBeTruthy();
  });

  it('lead signed-out people to the login page and back', async () => {
    const { runtime } = await open('/x/kanban/7?full=1');
    expect(await screen.findByRole('heading', { name: 'Sign in to Parley' })).toBeTruthy();
    expect(location.search).toBe('?returnTo=%2Fx%2Fkanban%2F7%3Ffull%3D1');
    await act(async () => runtime.session.signedIn(ada));
    expect(await screen.findByRole('heading', { name: 'board 7' })).toBeTruthy();
    expect(location.search).toBe('?full=1');
  });

  it('lead people who just signed up to the welcome page', async () => {
    const { runtime } = await open('/register');
    await act(async () => runtime.session.signedIn(ada));
    expect(location.pathname).toBe('/welcome');
  });

  it('say so where there is nothing', async () => {
    await open('/nowhere', ada);
    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeTruthy();
  });
});
