import { afterEach, describe, expect, it } from '@jest/globals';
import { createTestShell } from '../testing/index.ts';

const userOf = (id: string) => ({
  id,
  tenantId: 'default',
  email: `${id}@example.org`,
  name: id,
  roles: [],
  createdAt: '2026-01-01T00:00:00.000Z',
});

afterEach(() => localStorage.clear());

describe('an atom of the host', () => {
  it('is the same one for the same key', () => {
    const { host } = createTestShell().runtime;
    expect(host.atom('a', 1)).toBe(host.atom('a', 2));
  });

  it('keeps a persisted value under the name of the user and the plugin', () => {
    const { runtime } = createTestShell({ user: userOf('ada') });
    runtime.store.set(runtime.host.atom('width', 264, { scope: 'persist' }), 300);
    expect(localStorage.getItem('ui:ada:shell.width')).toBe('300');
  });

  it('becomes the next user’s when somebody else signs in', () => {
    const { runtime } = createTestShell({ user: userOf('ada') });
    const width = runtime.host.atom('width', 264, { scope: 'persist' });
    runtime.store.set(width, 300);
    runtime.session.signedIn(userOf('grace'));
    expect(runtime.store.get(width)).toBe(264);
    runtime.session.signedIn(userOf('ada'));
    expect(runtime.store.get(width)).toBe(300);
  });

  it('keeps a tab’s value out of the storage', () => {
    const { runtime } = createTestShell({ user: userOf('ada') });
    runtime.store.set(runtime.host.atom('open', false), true);
    expect(localStorage).toHaveLength(0);
  });
});
