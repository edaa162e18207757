import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ClientConfig, User } from '@parley/contracts';
import { createHost, HostProvider, type HostRuntime, type SessionChannel } from '@parley/web/host';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { PasswordMethod } from './password-method.tsx';
import { PasswordSettings } from './password-settings.tsx';

const ada: User = {
  id: '01900000-0000-7000-8000-000000000001',
  tenantId: 'default',
  email: 'ada@example.org',
  name: 'Ada',
  roles: [],
  createdAt: '2026-01-01T00:00:00.000Z',
};
const signedIn = { user: ada, accessToken: 'token', expiresInSeconds: 900 };
const PASSWORD = 'quiet otter over the weir';

interface Reply {
  readonly status: number;
  readonly body?: unknown;
}
const problem = (status: number, code: string, detail: string): Reply => ({ status, body: { status, code, detail } });

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

/** The page around a form: a real host whose server gives the next of `replies`. */
function show(element: ReactElement, replies: readonly Reply[] = [], settings: Record<string, unknown> = {}) {
  const sent: { readonly path: string; readonly body: unknown }[] = [];
  const waiting = [...replies];
  const config: ClientConfig = { name: 'Parley', version: '0', plugins: { 'auth-local': settings } };
  const toast = jest.fn();
  const runtime: HostRuntime = createHost({
    config,
    manifest: { plugins: [], contributions: [] },
    source: { load: () => Promise.reject(new Error('nothing to load')) },
    onError: (error) => {
      throw error;
    },
    toast,
    navigate: () => undefined,
    channel,
    fetch: async (input, init) => {
      sent.push({ path: String(input), body: JSON.parse(String(init?.body)) });
      const { status, body } = waiting.shift() ?? { status: 500 };
      const headers = { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' };
      return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
    },
  });
  render(<HostProvider runtime={runtime}>{element}</HostProvider>);
  return { sent, toast, session: runtime.session, user: userEvent.setup() };
}
const errorOf = (input: HTMLElement) =>
  (input.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ')
    .trim();
const press = (name: string) => screen.getByRole('button', { name });

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

describe('the sign-in form', () => {
  const form = <PasswordMethod mode="sign-in" returnTo="/" />;

  it('is filled in by password managers', () => {
    show(form);
    expect(screen.getByLabelText('E-mail address').getAttribute('autocomplete')).toBe('username');
    expect(screen.getByLabelText('Password').getAttribute('autocomplete')).toBe('current-password');
  });

  it('signs in', async () => {
    const { user, sent, session } = show(form, [{ status: 200, body: signedIn }]);
    await user.type(screen.getByLabelText('E-mail address'), 'ada@example.org');
    await user.type(screen.getByLabelText('Password'), `${PASSWORD}{Enter}`);
    await waitFor(() => expect(session.state).toMatchObject({ status: 'signed-in', user: ada }));
    expect(sent).toEqual([{ path: '/api/auth/login', body: { email: 'ada@example.org', password: PASSWORD } }]);
  });

  it('ties what is wrong to the field and puts the focus there', async () => {
    const { user } = show(form, [problem(401, 'AUTH_LOCAL_WRONG_CREDENTIALS', 'E-mail address or password is wrong')]);
    await user.type(screen.getByLabelText('E-mail address'), 'ada@example.org');
    await user.type(screen.getByLabelText('Password'), 'wrong');
    await user.click(press('Sign in'));
    const password = screen.getByLabelText('Password');
    await waitFor(() => expect(errorOf(password)).toBe('E-mail address or password is wrong'));
    expect(document.activeElement).toBe(password);
    expect(password.getAttribute('aria-invalid')).toBe('true');
  });

  it('asks for what is missing before anything is sent, the first field first', async () => {
    const { user, sent } = show(form);
    await user.click(press('Sign in'));
    const email = screen.getByLabelText('E-mail address');
    expect(errorOf(email)).toBe('Enter your e-mail address');
    expect(document.activeElement).toBe(email);
    expect(sent).toEqual([]);
  });

  it('forgets an error when its field changes, without moving the focus', async () => {
    const { user } = show(form);
    await user.click(press('Sign in'));
    await user.keyboard('a');
    expect(errorOf(screen.getByLabelText('E-mail address'))).toBe('');
    expect(document.activeElement).toBe(screen.getByLabelText('E-mail address'));
    expect(errorOf(screen.getByLabelText('Password'))).toBe('Enter your password');
  });

  it('says aloud what concerns no field', async () => {
    const { user } = show(form, [problem(429, 'AUTH_LOCAL_TOO_MANY_TRIES', 'Too many tries; wait 840 s')]);
    await user.type(screen.getByLabelText('E-mail address'), 'ada@example.org');
    await user.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    await waitFor(() => expect(screen.getByText('Too many tries; wait 840 s').closest('[role=alert]')).toBeTruthy());
  });

  it('shows the password when asked', async () => {
    const { user } = show(form);
    await user.click(press('Show password'));
    expect(screen.getByLabelText('Password').getAttribute('type')).toBe('text');
  });

  it('knows who it was after a session ended', () => {
    show(<PasswordMethod mode="sign-in" returnTo="/" email="ada@example.org" />);
    expect(screen.getByLabelText<HTMLInputElement>('E-mail address').value).toBe('ada@example.org');
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
  });
});

describe('the sign-up form', () => {
  const form = <PasswordMethod mode="sign-up" returnTo="/" />;
  const fill = async (user: ReturnType<typeof userEvent.setup>, password = PASSWORD) => {
    await user.type(screen.getByLabelText('Name'), 'Ada');
    await user.type(screen.getByLabelText('E-mail address'), 'ada@example.org');
    await user.type(screen.getByLabelText('Password'), password);
    await user.click(press('Create account'));
  };

  it('makes an account', async () => {
    const { user, sent, session } = show(form, [{ status: 201, body: signedIn }]);
    await fill(user);
    await waitFor(() => expect(session.state.status).toBe('signed-in'));
    expect(sent[0]?.body).toEqual({ name: 'Ada', email: 'ada@example.org', password: PASSWORD });
  });

  it('says how long a password must be, and minds it', async () => {
    const { user, sent } = show(form, [], { signUp: 'open', minPasswordLength: 16 });
    const password = screen.getByLabelText('Password');
    expect(password.getAttribute('autocomplete')).toBe('new-password');
    expect(errorOf(password)).toContain('At least 16 characters');
    await fill(user, 'fifteen letters');
    expect(errorOf(password)).toContain('Use at least 16 characters');
    expect(sent).toEqual([]);
  });

  it('ties a taken address to its field', async () => {
    const { user } = show(form, [problem(409, 'IDENTITY_EMAIL_TAKEN', 'There is already an account')]);
    await fill(user);
    const email = screen.getByLabelText('E-mail address');
    await waitFor(() => expect(errorOf(email)).toBe('There is already an account'));
    expect(document.activeElement).toBe(email);
  });

  it('says that it makes the administrator, and sends the token of the address', async () => {
    history.replaceState(null, '', '/register?setup=one-time');
    const { user, sent } = show(form, [{ status: 201, body: signedIn }], { signUp: 'closed', minPasswordLength: 12 });
    expect(screen.getByRole('note').textContent).toContain('You are creating the administrator account.');
    await fill(user);
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ setupToken: 'one-time' }));
  });

  it('is not there where sign-up is closed', () => {
    show(form, [], { signUp: 'closed', minPasswordLength: 12 });
    expect(screen.getByRole('note').textContent).toContain('Sign-up is closed on this server.');
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});

describe('the password settings', () => {
  const next = 'a heron waits by the mill';

  it('change the password, say what that did, and empty the form', async () => {
    const { user, sent, toast } = show(<PasswordSettings />, [{ status: 204 }]);
    await user.type(screen.getByLabelText('Current password'), PASSWORD);
    await user.type(screen.getByLabelText('New password'), `${next}{Enter}`);
    await waitFor(() => expect(toast).toHaveBeenCalledWith(expect.objectContaining({ title: 'Password changed' })));
    expect(sent).toEqual([{ path: '/api/auth/password', body: { current: PASSWORD, next } }]);
    expect(screen.getByLabelText<HTMLInputElement>('Current password').value).toBe('');
  });

  it('tie a wrong present password to its field', async () => {
    const { user } = show(<PasswordSettings />, [
      problem(422, 'AUTH_LOCAL_WRONG_PASSWORD', 'The current password is wrong'),
    ]);
    await user.type(screen.getByLabelText('Current password'), 'wrong');
    await user.type(screen.getByLabelText('New password'), `${next}{Enter}`);
    const current = screen.getByLabelText('Current password');
    await waitFor(() => expect(errorOf(current)).toBe('The current password is wrong'));
    expect(document.activeElement).toBe(current);
  });
});
