import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { defineSlot, type User } from '@parley/contracts';
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { lazy } from 'react';
import * as z from 'zod';
import type { WebPlugin } from '../plugin/define-web-plugin.ts';
import { createTestShell } from '../testing/index.ts';
import { Slot } from './slot.tsx';

const place = defineSlot({ id: 'place', arity: 'many', summary: '', props: z.object({ word: z.string() }) });
const keyed = defineSlot({ id: 'keyed', arity: 'keyed', summary: '', props: z.object({}) });

const Says = ({ word }: { readonly word: string }) => <p>says {word}</p>;
const Throws = (): never => {
  throw new Error('deliberately broken');
};
const admin: User = {
  id: '01900000-0000-7000-8000-000000000001',
  tenantId: 'default',
  email: 'ada@example.org',
  name: 'Ada',
  roles: ['admin'],
  createdAt: '2026-01-01T00:00:00.000Z',
};
const good: WebPlugin = { id: 'good', slots: { place: { one: Says } } };
const bad: WebPlugin = { id: 'bad', slots: { place: { broken: Throws } } };

const quiet = () => jest.spyOn(console, 'error').mockImplementation(() => undefined);

afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe('a slot', () => {
  it('draws contributions with its props, each marked with its plugin', async () => {
    const { Shell } = createTestShell({ plugins: [good] });
    render(<Slot of={place} props={{ word: 'hello' }} />, { wrapper: Shell });
    const text = await screen.findByText('says hello');
    expect(text.closest('[data-plugin]')?.getAttribute('data-plugin')).toBe('good');
  });

  it('shows its fallback where nothing is contributed', () => {
    const { Shell } = createTestShell();
    render(<Slot of={place} props={{ word: '' }} fallback={<p>empty</p>} />, { wrapper: Shell });
    expect(screen.getByText('empty')).toBeTruthy();
  });

  it('shows what needs a permission to who holds it, and to nobody else', async () => {
    const contributions = [{ slot: 'place', pluginId: 'good', id: 'one', permission: 'good.see' }];
    const shown = (user: User) => {
      const { Shell } = createTestShell({ plugins: [good], contributions, user });
      return render(<Slot of={place} props={{ word: 'hello' }} fallback={<p>nothing</p>} />, { wrapper: Shell });
    };
    shown({ ...admin, roles: [] });
    expect(screen.getByText('nothing')).toBeTruthy();
    cleanup();
    shown(admin);
    expect(await screen.findByText('says hello')).toBeTruthy();
  });

  it('orders by order, then plugin, then id', async () => {
    const names = (id: string) => ({ id, slots: { place: { z: () => <i>{id}.z</i>, a: () => <i>{id}.a</i> } } });
    const at = (pluginId: string, id: string, order = 500) => ({ slot: 'place', pluginId, id, order });
    const { Shell } = createTestShell({
      plugins: [names('m'), names('b')],
      contributions: [at('m', 'z'), at('m', 'a'), at('b', 'z', 900), at('b', 'a', 100)],
    });
    const { container } = render(<Slot of={place} props={{ word: '' }} />, { wrapper: Shell });
    await screen.findByText('b.z');
    expect([...container.querySelectorAll('i')].map((each) => each.textContent)).toEqual(['b.a', 'm.a', 'm.z', 'b.z']);
  });

  it('draws one contribution for a key, and the one of "*" for a key nobody claims', async () => {
    const plugin = { id: 'p', slots: { keyed: { table: () => <p>table</p>, any: () => <p>any</p> } } };
    const contributions = [
      { slot: 'keyed', pluginId: 'p', id: 'table', key: 'table' },
      { slot: 'keyed', pluginId: 'p', id: 'any', key: '*' },
    ];
    const { Shell } = createTestShell({ plugins: [plugin], contributions });
    const view = render(<Slot of={keyed} props={{}} itemKey="table" />, { wrapper: Shell });
    expect(await screen.findByText('table')).toBeTruthy();
    view.rerender(<Slot of={keyed} props={{}} itemKey="chart" />);
    expect(await screen.findByText('any')).toBeTruthy();
    expect(screen.queryByText('table')).toBeNull();
  });
});

describe('a broken contribution', () => {
  it('leaves its neighbours alone and shows users nothing', async () => {
    quiet();
    const { Shell } = createTestShell({ plugins: [bad, good], user: { ...admin, roles: [] } });
    render(<Slot of={place} props={{ word: 'still here' }} />, { wrapper: Shell });
    expect(await screen.findByText('says still here')).toBeTruthy();
    expect(screen.queryByText(/broken/)).toBeNull();
    expect(screen.queryByRole('note')).toBeNull();
  });

  it('tells administrators which plugin and why', async () => {
    quiet();
    const { Shell } = createTestShell({ plugins: [bad], user: admin });
    render(<Slot of={place} props={{ word: '' }} />, { wrapper: Shell });
    const gap = await screen.findByRole('note');
    expect(gap.textContent).toContain('Plugin bad could not fill place');
    expect(gap.textContent).toContain('deliberately broken');
  });

  it('gets another chance by Retry', async () => {
    quiet();
    let isBroken = true;
    const Moody = () => (isBroken ? <Throws /> : <p>well again</p>);
    const { Shell } = createTestShell({ plugins: [{ id: 'm', slots: { place: { moody: Moody } } }], user: admin });
    render(<Slot of={place} props={{ word: '' }} />, { wrapper: Shell });
    const retry = await screen.findByRole('button', { name: 'Retry' });
    isBroken = false;
    await userEvent.click(retry);
    expect(await screen.findByText('well again')).toBeTruthy();
  });

  it('is told from a manifest that lists what the module does not have', async () => {
    quiet();
    const contributions = [{ slot: 'place', pluginId: 'good', id: 'other' }];
    const { Shell } = createTestShell({ plugins: [good], contributions, user: admin });
    render(<Slot of={place} props={{ word: '' }} />, { wrapper: Shell });
    expect((await screen.findByRole('note')).textContent).toContain('place/other');
  });
});

describe('a page that stays open', () => {
  const at = { slot: 'place', pluginId: 'late', id: 'one', order: 500 };
  const draw = (remote: string) => ({ id: 'late', version: '1.0.0', remote });

  it('takes contributions in and out and keeps what was written elsewhere', async () => {
    const Draft = () => <input aria-label="draft" />;
    const source = {
      load: async ({ id, remote }: { id: string; remote?: string | undefined }) =>
        id === 'late'
          ? { id, slots: { place: { one: () => <p>from {remote}</p> } } }
          : { id, slots: { place: { draft: Draft } } },
    };
    const { Shell, runtime } = createTestShell({
      source,
      contributions: [{ slot: 'place', pluginId: 'chat', id: 'draft' }],
    });
    const chat = { id: 'chat', version: '0.0.0' };
    const kept = { slot: 'place', pluginId: 'chat', id: 'draft', order: 500 };
    render(<Slot of={place} props={{ word: '' }} />, { wrapper: Shell });
    await userEvent.type(await screen.findByRole('textbox', { name: 'draft' }), 'half a sentence');
    const change = (plugins: { id: string; version: string; remote?: string }[], more: (typeof at)[]) =>
      act(async () => runtime.plugins.update({ plugins: [chat, ...plugins], contributions: [kept, ...more] }));
    await change([draw('build 1')], [at]);
    expect(await screen.findByText('from build 1')).toBeTruthy();
    await change([draw('build 2')], [at]);
    expect(await screen.findByText('from build 2')).toBeTruthy();
    await change([], []);
    expect(screen.queryByText('from build 2')).toBeNull();
    expect(screen.getByRole('textbox', { name: 'draft' })).toHaveProperty('value', 'half a sentence');
  });

  it('forgets what it has read for a plugin that went', async () => {
    const { Shell, runtime } = createTestShell({ plugins: [good] });
    render(<Slot of={place} props={{ word: 'hello' }} />, { wrapper: Shell });
    await screen.findByText('says hello');
    runtime.queryClient.setQueryData(['good', 1, 'list', {}], ['secret of good']);
    runtime.queryClient.setQueryData(['chat', 1, 'list', {}], ['kept']);
    await act(async () => runtime.plugins.update({ plugins: [], contributions: [] }));
    await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
    expect(runtime.queryClient.getQueryData(['good', 1, 'list', {}])).toBeUndefined();
    expect(runtime.queryClient.getQueryData(['chat', 1, 'list', {}])).toEqual(['kept']);
  });

  it('tells the server what failed', async () => {
    quiet();
    const fetch = jest.fn<typeof globalThis.fetch>(async () => new Response(undefined, { status: 204 }));
    const { Shell } = createTestShell({ plugins: [bad], user: admin, fetch });
    render(<Slot of={place} props={{ word: '' }} />, { wrapper: Shell });
    await screen.findByRole('note');
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('/api/ui/errors');
    expect(JSON.parse(String(init?.body))).toEqual({
      pluginId: 'bad',
      place: 'place/broken',
      message: 'deliberately broken',
      isStopped: false,
    });
  });
});

describe('a contribution that loads', () => {
  const never = lazy(() => new Promise<{ default: () => undefined }>(() => undefined));

  it('shows a skeleton only after 150 ms', async () => {
    jest.useFakeTimers();
    const { Shell } = createTestShell({ plugins: [{ id: 'slow', slots: { place: { never } } }] });
    const loading = <p>loading</p>;
    await act(async () => render(<Slot of={place} props={{ word: '' }} loading={loading} />, { wrapper: Shell }));
    await act(() => jest.advanceTimersByTimeAsync(140));
    expect(screen.queryByText('loading')).toBeNull();
    await act(() => jest.advanceTimersByTimeAsync(20));
    expect(screen.getByText('loading')).toBeTruthy();
  });

  it('is given up after 8 seconds', async () => {
    jest.useFakeTimers();
    const { Shell } = createTestShell({ plugins: [{ id: 'slow', slots: { place: { never } } }], user: admin });
    await act(async () => render(<Slot of={place} props={{ word: '' }} />, { wrapper: Shell }));
    await act(() => jest.advanceTimersByTimeAsync(7_900));
    expect(screen.queryByRole('note')).toBeNull();
    await act(() => jest.advanceTimersByTimeAsync(200));
    expect(screen.getByRole('note').textContent).toContain('8 seconds');
  });
});
