import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { applied, change, entry, node, plan, Refusal } from './fixtures/fake-kernel.ts';
import { showPage } from './fixtures/show-page.tsx';
import { HistoryPage } from './history/history-page.tsx';
import { InspectorPage } from './inspector/inspector-page.tsx';
import { PluginPage } from './plugin/plugin-page.tsx';
import { PluginsPage } from './plugins/plugins-page.tsx';

afterEach(cleanup);

const button = (name: string) => screen.getByRole('button', { name });
const notes = entry('notes', {
  settings: { maxNotes: 5 },
  settingsOrigin: { maxNotes: 'admin' },
  settingsSchema: { type: 'object', properties: { maxNotes: { type: 'integer', minimum: 1, default: 500 } } },
});
const stops = plan([change('notes', { action: 'stop', reason: 'turned off', leases: 3 })]);

describe('the list of plugins', () => {
  it('says what went wrong, and tries again', async () => {
    let isBroken = true;
    const { user } = showPage(<PluginsPage />, {
      replies: {
        'GET /api/kernel/plugins': () =>
          isBroken
            ? new Refusal(403, 'HOST_FORBIDDEN', 'This needs the permission kernel.manage')
            : { version: 1, plugins: [notes] },
      },
    });
    await screen.findByText('This needs the permission kernel.manage');
    isBroken = false;
    await user.click(button('Retry'));
    await screen.findByRole('link', { name: 'notes' });
  });

  it('shows the reason of a plugin in trouble', async () => {
    showPage(<PluginsPage />, { plugins: [entry('chat', { state: 'failed', reason: 'no storage-driver' })] });
    const group = await screen.findByRole('region', { name: /Need attention/ });
    expect(within(group).getByText('no storage-driver')).toBeTruthy();
  });

  it('offers all plugins where a search finds none', async () => {
    const { user } = showPage(<PluginsPage />, { plugins: [notes] });
    await user.type(await screen.findByRole('searchbox', { name: 'Search plugins' }), 'zzz');
    await user.click(button('Show all plugins'));
    expect(screen.getByRole('link', { name: 'notes' })).toBeTruthy();
  });

  it('can not turn off what the host needs', async () => {
    showPage(<PluginsPage />, { plugins: [entry('storage', { isCritical: true })] });
    await screen.findByRole('link', { name: 'storage' });
    expect(screen.queryByRole('button', { name: 'Turn off storage' })).toBeNull();
  });
});

describe('a change', () => {
  const open = async (replies: Parameters<typeof showPage>[1] = {}) => {
    const shown = showPage(<PluginsPage />, { plugins: [notes], ...replies });
    await screen.findByRole('link', { name: 'notes' });
    await shown.user.click(button('Turn off notes'));
    return { ...shown, dialog: await screen.findByRole('dialog', { name: 'Turn off notes?' }) };
  };

  it('shows its plan before anything is done', async () => {
    const { dialog, asked } = await open({ replies: { 'POST /api/kernel/plan': () => stops } });
    await within(dialog).findByText('3 streams or runs finish on the old one first');
    expect(asked('POST /api/kernel/plan')[0]?.body).toEqual({ changes: [{ do: 'disable', id: 'notes' }] });
    expect(asked('POST /api/kernel/apply')).toEqual([]);
  });

  it('is applied by its plan when it is confirmed, and says how things stand', async () => {
    const replies = {
      'POST /api/kernel/plan': () => stops,
      'POST /api/kernel/apply': () => applied({ plugins: [{ id: 'notes', state: 'stopped', generation: 1 }] }),
    };
    const { user, dialog, asked } = await open({ replies });
    await user.click(await within(dialog).findByRole('button', { name: 'Turn off' }));
    await within(dialog).findByText('Done in 42 ms');
    expect(asked('POST /api/kernel/apply')[0]?.body).toMatchObject({ planId: 'plan-1' });
    await user.click(within(dialog).getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is taken back to the version before it', async () => {
    const { user, dialog, asked } = await open({ replies: { 'POST /api/kernel/plan': () => stops } });
    await user.click(await within(dialog).findByRole('button', { name: 'Turn off' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Undo' }));
    await within(dialog).findByText('Taken back');
    expect(asked('POST /api/kernel/rollback')[0]?.body).toEqual({ to: 7 });
  });

  it('shows the new plan when the one that was shown is outdated, and asks again', async () => {
    const plans = [stops, plan([change('notes', { action: 'stop', leases: 9 })], { id: 'plan-2' })];
    let applies = 0;
    const { user, dialog, asked } = await open({
      replies: {
        'POST /api/kernel/plan': () => plans.shift(),
        'POST /api/kernel/apply': () =>
          (applies += 1) === 1 ? new Refusal(409, 'KERNEL_PLAN_OUTDATED', 'What runs has changed') : applied(),
      },
    });
    await user.click(await within(dialog).findByRole('button', { name: 'Turn off' }));
    await within(dialog).findByText(/This is the new plan/);
    expect(within(dialog).getByText('9 streams or runs finish on the old one first')).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Turn off' }));
    await within(dialog).findByText('Done in 42 ms');
    expect(asked('POST /api/kernel/apply')[1]?.body).toMatchObject({ planId: 'plan-2' });
  });

  it('that can not be applied says why and offers the way back only', async () => {
    const { dialog } = await open({
      replies: { 'POST /api/kernel/plan': () => plan([], { problems: ['chat needs notes'] }) },
    });
    await within(dialog).findByText('chat needs notes');
    expect(within(dialog).queryByRole('button', { name: 'Turn off' })).toBeNull();
    expect(within(dialog).getByRole('button', { name: 'Back' })).toBeTruthy();
  });

  it('that failed says that nothing was changed', async () => {
    const { user, dialog } = await open({
      replies: {
        'POST /api/kernel/plan': () => stops,
        'POST /api/kernel/apply': () => new Refusal(500, 'KERNEL_APPLY_FAILED', 'notes did not stop.'),
      },
    });
    await user.click(await within(dialog).findByRole('button', { name: 'Turn off' }));
    await within(dialog).findByText(/notes did not stop\. Nothing was changed/);
  });
});

describe('the page of a plugin', () => {
  const page = <PluginPage params={{ pluginId: 'notes' }} />;

  it('says so when there is no such plugin', async () => {
    showPage(page);
    await screen.findByText('There is no plugin of this name in the composition.');
  });

  it('shows what it is wired to', async () => {
    const nodes = [
      node('notes', {
        requires: [{ capability: 'conversation-store', need: 'required', providers: ['conversations'] }],
      }),
    ];
    showPage(page, { plugins: [notes], nodes });
    await screen.findByText('conversation-store');
    expect(screen.getByRole('link', { name: 'conversations' }).getAttribute('href')).toBe(
      '/admin/plugins/conversations',
    );
  });

  it('says whether it was verified', async () => {
    const report = {
      verdict: 'passed' as const,
      passed: 41,
      failed: 0,
      skipped: 2,
      at: '2026-06-01T10:00:00.000Z',
      keyId: 'k1',
      isSigned: true,
    };
    showPage(page, { plugins: [entry('notes', { isFirstParty: false, report })] });
    await screen.findByText(/41 checks passed, 2 skipped/);
    cleanup();
    showPage(page, { plugins: [entry('notes', { isFirstParty: false })] });
    await screen.findByText(/Not verified/);
  });

  it('sends only the settings that changed', async () => {
    const { user, asked } = showPage(page, { plugins: [notes] }, '/admin/plugins/notes?part=settings');
    const field = await screen.findByRole('textbox', { name: 'Max notes' });
    await user.clear(field);
    await user.type(field, '9');
    await user.click(button('Review change'));
    await screen.findByRole('dialog', { name: 'Change settings of notes?' });
    await waitFor(() =>
      expect(asked('POST /api/kernel/plan')[0]?.body).toEqual({
        changes: [{ do: 'configure', id: 'notes', settings: { maxNotes: 9 } }],
      }),
    );
  });

  it('plans nothing while a setting is wrong', async () => {
    const { user, asked } = showPage(page, { plugins: [notes] }, '/admin/plugins/notes?part=settings');
    const field = await screen.findByRole('textbox', { name: 'Max notes' });
    await user.clear(field);
    await user.type(field, '0{Enter}');
    await screen.findByText('Enter 1 or more');
    expect(asked('POST /api/kernel/plan')).toEqual([]);
  });

  it('shows beside the field what the server finds wrong with it', async () => {
    const replies = { 'POST /api/kernel/plan': () => plan([], { problems: ['notes: maxNotes: only even numbers'] }) };
    const { user } = showPage(page, { plugins: [notes], replies }, '/admin/plugins/notes?part=settings');
    await user.type(await screen.findByRole('textbox', { name: 'Max notes' }), '1');
    await user.click(button('Review change'));
    await user.click(await screen.findByRole('button', { name: 'Back' }));
    await screen.findByText('only even numbers');
  });

  it('keeps what is being typed when the settings change elsewhere, and says so', async () => {
    let maxNotes = 5;
    const replies = {
      'GET /api/kernel/plugins': () => ({ version: 7, plugins: [{ ...notes, settings: { maxNotes } }] }),
    };
    const { user, refresh } = showPage(page, { replies }, '/admin/plugins/notes?part=settings');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Max notes' });
    await user.type(field, '1');
    maxNotes = 8;
    await refresh();
    await screen.findByText(/were changed elsewhere/);
    expect(field.value).toBe('51');
    await user.click(button('Show them'));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Max notes' }).value).toBe('8');
  });

  it('takes a right away by a plan', async () => {
    const asks = entry('notes', {
      permissions: { ...notes.permissions, network: ['api.example.com', 'b.example.com'] },
    });
    const { user, asked } = showPage(page, { plugins: [asks] }, '/admin/plugins/notes?part=permissions');
    await user.click(await screen.findByRole('switch', { name: 'api.example.com' }));
    await user.click(button('Review change'));
    await waitFor(() =>
      expect(asked('POST /api/kernel/plan')[0]?.body).toEqual({
        changes: [{ do: 'grant', id: 'notes', grants: { network: ['b.example.com'] } }],
      }),
    );
  });

  it('starts a failed plugin again', async () => {
    const failed = entry('notes', { state: 'failed', reason: 'no disk' });
    const { user, asked, toasts } = showPage(page, { plugins: [failed] });
    await user.click(await screen.findByRole('button', { name: 'Start again' }));
    await waitFor(() => expect(toasts).toEqual(['notes was started again']));
    expect(asked('POST /api/kernel/plugins/notes/reset')).toHaveLength(1);
  });
});

describe('the history', () => {
  it('plans the way back to a version', async () => {
    const version = (number: number, isCurrent: boolean) => ({
      version: number,
      at: '2026-06-01T10:00:00.000Z',
      by: 'operator',
      via: 'socket' as const,
      summary: `change ${number}`,
      isCurrent,
    });
    const { user, asked } = showPage(<HistoryPage />, { versions: [version(2, true), version(1, false)] });
    await user.click(await screen.findByRole('button', { name: 'Go back to version 1' }));
    await screen.findByRole('dialog', { name: 'Go back to version 1?' });
    await waitFor(() => expect(asked('POST /api/kernel/plan')[0]?.body).toEqual({ to: 1 }));
  });
});

describe('the inspector', () => {
  it('says in words what the chosen plugin needs and who needs it', async () => {
    const nodes = [
      node('store'),
      node('chat', { level: 1, requires: [{ capability: 'storage-driver', need: 'required', providers: ['store'] }] }),
    ];
    const { user } = showPage(<InspectorPage />, { nodes });
    await user.click(await screen.findByRole('button', { name: 'chat' }));
    expect(screen.getByText('Wiring of chat')).toBeTruthy();
    expect(screen.getByRole('button', { name: /store/ }).textContent).toContain('needed by it');
  });

  it('shows the order of a hook with reasons, and times', async () => {
    const tap = {
      pluginId: 'notes',
      phase: 'late' as const,
      reason: 'after rag',
      calls: 3,
      errors: 1,
      totalMs: 9,
      timeouts: 0,
      p50Ms: 2,
      p95Ms: 1_500,
    };
    showPage(<InspectorPage />, { graph: { hooks: [{ id: 'chat.prompt', kind: 'waterfall', taps: [tap] }] } });
    await screen.findByText('late, after rag');
    expect(screen.getByText('2.0 ms · 1.5 s')).toBeTruthy();
  });

  it('lists problems', async () => {
    showPage(<InspectorPage />, { graph: { problems: ['the config file can not be read'] } });
    await screen.findByText('the config file can not be read');
  });
});
