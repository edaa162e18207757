import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProviderKeys } from '@parley/plugin-keys/contract';
import { MemoryRouter } from '@parley/web/router';
import { createTestShell } from '@parley/web/testing';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { createFakeKeys, keyStatus, provider, Refusal, type Replies } from './fixtures/fake-keys.ts';
import { keyProblems } from './key-problems.ts';
import { KeySettings } from './key-settings.tsx';
import { SharedKey } from './shared-key.tsx';

afterEach(cleanup);

const button = (name: string | RegExp) => screen.getByRole('button', { name });

function show(page: ReactElement, replies: Replies, roles: string[] = []) {
  const server = createFakeKeys(replies);
  const { Shell } = createTestShell({
    fetch: server.fetch,
    user: {
      id: '01900000-0000-7000-8000-000000000001',
      tenantId: 'default',
      email: 'ada@example.org',
      name: 'Ada',
      roles,
      createdAt: '2026-01-01T00:00:00.000Z',
    },
  });
  render(
    <Shell>
      <MemoryRouter>{page}</MemoryRouter>
    </Shell>,
  );
  return { ...server, user: userEvent.setup() };
}

/** A page of one's keys at a server that keeps what it is given. */
function showKeys(items: readonly ProviderKeys[], replies: Replies = {}, roles: string[] = []) {
  let kept = items;
  const keep = (own: ProviderKeys['own']) => {
    kept = kept.map((item) => (own ? { ...item, own } : (({ own: _own, ...rest }) => rest)(item)));
    return own;
  };
  return show(
    <KeySettings />,
    {
      'GET /api/keys': () => ({ items: kept }),
      'PUT /api/keys/acme': () => keep(keyStatus()),
      'DELETE /api/keys/acme': () => keep(undefined),
      ...replies,
    },
    roles,
  );
}

describe('the page of one’s keys', () => {
  it('says what went wrong, and tries again', async () => {
    let isBroken = true;
    const { user } = showKeys([], {
      'GET /api/keys': () =>
        isBroken ? new Refusal(403, 'HOST_FORBIDDEN', 'This is not for you') : { items: [provider('Acme')] },
    });
    await screen.findByText('This is not for you');
    isBroken = false;
    await user.click(button('Retry'));
    await screen.findByRole('heading', { name: 'Acme' });
  });

  it('tells where nobody takes a key what can be done', async () => {
    showKeys([]);
    await screen.findByText(/An administrator adds providers/);
    cleanup();
    showKeys([], {}, ['admin']);
    const link = await screen.findByRole('link', { name: 'Add a provider' });
    expect(link.getAttribute('href')).toBe('/admin/models');
  });

  it('says of each provider whether a key is shared, works, or is refused', async () => {
    showKeys([
      provider('Acme', { isShared: true }),
      provider('Bolt', { own: keyStatus({ state: 'refused' }) }),
      provider('Cork', { own: keyStatus({ state: 'unchecked', reason: 'Cork could not be reached' }) }),
    ]);
    await screen.findByRole('button', { name: 'Use my own key: Acme' });
    within(screen.getByRole('region', { name: 'Bolt' })).getByText(/Bolt refuses this key now/);
    within(screen.getByRole('region', { name: 'Cork' })).getByText(/Cork could not be reached/);
  });
});

describe('a key of one’s own', () => {
  const enter = async (replies: Replies = {}) => {
    const shown = showKeys([provider('Acme')], replies);
    await shown.user.click(await screen.findByRole('button', { name: 'Add key: Acme' }));
    return { ...shown, field: screen.getByLabelText<HTMLInputElement>('API key') };
  };

  it('is asked for in a field that has the focus and hides it', async () => {
    const { field } = await enter();
    expect(document.activeElement).toBe(field);
    expect(field.type).toBe('password');
    expect(screen.getByRole('link', { name: /Get a key at keys\.example\.org/ })).toBeTruthy();
  });

  it('is sent without the blanks around it, and tells how many models it brought', async () => {
    const model = { id: 'acme/m', name: 'M', provider: 'acme', providerTitle: 'Acme', demo: false, abilities: {} };
    const { user, asked, field } = await enter({ 'GET /api/models': () => ({ items: [model], providers: [] }) });
    await user.click(field);
    await user.paste('  sk-1234 ');
    await user.click(button('Check and save'));
    await screen.findByText(/Acme took the key\. One model is ready\./, { selector: 'p' });
    expect(asked('PUT /api/keys/acme')[0]?.body).toEqual({ values: { apiKey: 'sk-1234' } });
    expect(screen.queryByLabelText('API key')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(button('Check again')));
  });

  it('that is refused is said so at its field, which can be changed at once', async () => {
    const refusal = new Refusal(422, 'KEYS_REFUSED', 'refused', { provider: 'Acme' });
    const { user, field } = await enter({ 'PUT /api/keys/acme': () => refusal });
    await user.type(field, 'sk-bad{Enter}');
    await screen.findByText(/Acme refused this key, so it was not saved/);
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(field.value).toBe('sk-bad');
  });

  it('stays typed when the server can not be asked', async () => {
    const down = new Refusal(503, 'STORAGE_DOWN', 'The storage can not be reached');
    const { user, field } = await enter({ 'PUT /api/keys/acme': () => down });
    await user.type(field, 'sk-1{Enter}');
    await screen.findByText('The storage can not be reached');
    expect(field.value).toBe('sk-1');
  });

  it('is not sent while nothing is entered', async () => {
    const { user, asked } = await enter();
    await user.click(button('Check and save'));
    await screen.findByText('Fill this in');
    expect(asked('PUT /api/keys/acme')).toEqual([]);
  });

  it('is removed after a question, and then can be added again', async () => {
    const { user } = showKeys([provider('Acme', { own: keyStatus() })]);
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    const question = screen.getByRole('alertdialog', { name: 'Remove your key for Acme?' });
    await user.click(within(question).getByRole('button', { name: 'Remove' }));
    await screen.findByRole('button', { name: 'Add key: Acme' });
  });

  it('that was refused since says so after it was checked again', async () => {
    let own = keyStatus();
    const { user } = showKeys([], {
      'GET /api/keys': () => ({ items: [provider('Acme', { own })] }),
      'POST /api/keys/acme/check': () => (own = keyStatus({ state: 'refused' })),
    });
    await user.click(await screen.findByRole('button', { name: 'Check again' }));
    await screen.findByText(/Acme refuses this key now/);
  });
});

describe('a shared key', () => {
  const item = (({ own: _own, isShared: _isShared, ...rest }) => ({ ...rest, isSet: false }))(provider('Acme'));

  it('is set for everybody', async () => {
    const { user, asked } = show(<SharedKey provider="acme" />, {
      'GET /api/keys-shared': () => ({ items: [item] }),
      'PUT /api/keys-shared/acme': () => keyStatus(),
    });
    await user.click(await screen.findByRole('button', { name: 'Set shared key: Acme' }));
    await user.type(screen.getByLabelText('API key'), 'sk-1{Enter}');
    await waitFor(() => expect(asked('PUT /api/keys-shared/acme')).toHaveLength(1));
  });

  it('says so where the settings hold a key already', async () => {
    show(<SharedKey provider="acme" />, { 'GET /api/keys-shared': () => ({ items: [{ ...item, isSet: true }] }) });
    await screen.findByText(/A key stands in the settings of this provider/);
  });
});

describe('keyProblems', () => {
  it('leads each reason to its field', () => {
    const { schema } = provider('Acme');
    const invalid = Object.assign(new Error('x'), {
      name: 'AppError',
      code: 'KEYS_INVALID',
      status: 422,
      details: { reason: 'region: too long; other: there is no such field' },
    });
    expect(keyProblems(invalid, schema, 'Acme')).toEqual([
      { path: ['region'], message: 'too long' },
      { path: [], message: 'other: there is no such field' },
    ]);
  });
});
