import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Conversation } from '@parley/contracts';
import type { ToastContent, ToastShowOptions } from '@parley/ui/toast';
import { createHost, HostProvider } from '@parley/web/host';
import { MemoryRouter } from '@parley/web/router';
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConversationList } from './conversation-list.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const conversation = (number: number, change: Partial<Conversation> = {}): Conversation => {
  const at = new Date(Date.now() - number * 1_000).toISOString();
  const id = `0190a000-0000-7000-8000-0000000000${String(number).padStart(2, '0')}`;
  const base = { id, title: `Talk ${number}`, pinned: false, archived: false, rev: 1 };
  return { ...base, lastMessageAt: at, createdAt: at, updatedAt: at, ...change };
};

/** A server of conversations; `refuse` answers the next change. */
function createServer(items: Conversation[]) {
  const state = { items, refuse: undefined as { status: number; body: object } | undefined, seen: [] as string[] };
  const fetch = async (input: URL | RequestInfo, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), 'http://host');
    state.seen.push(`${init.method} ${url.pathname}`);
    const id = url.pathname.split('/')[3];
    if (init.method === 'DELETE') {
      state.items = state.items.filter((item) => item.id !== id);
      return new Response(null, { status: 204 });
    }
    if (init.method === 'PATCH') {
      const refusal = state.refuse;
      state.refuse = undefined;
      if (refusal) return json(refusal.body, refusal.status);
      const change = JSON.parse(String(init.body)) as Partial<Conversation>;
      state.items = state.items.map((item) => (item.id === id ? { ...item, ...change, rev: item.rev + 1 } : item));
      return json(state.items.find((item) => item.id === id));
    }
    const pinned = url.searchParams.get('pinned') === 'true';
    return json({ items: state.items.filter((item) => item.pinned === pinned && !item.archived) });
  };
  return { state, fetch };
}
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

function show(...items: Conversation[]) {
  const { state, fetch } = createServer(items);
  const toast = jest.fn<(content: ToastContent, options?: ToastShowOptions) => void>();
  const runtime = createHost({
    config: { name: 'Parley', version: '0', plugins: {} },
    manifest: { plugins: [], contributions: [] },
    source: { load: () => Promise.reject(new Error('nothing to load')) },
    onError: (error) => {
      throw error;
    },
    toast,
    navigate: jest.fn(),
    fetch,
    channel: {
      send: () => undefined,
      onMessage: () => undefined,
      exclusive: (work) => work(),
      keep: () => undefined,
      hadSession: () => false,
      renewed: () => undefined,
      renewedAt: () => 0,
    },
  });
  render(
    <MemoryRouter>
      <HostProvider runtime={runtime}>
        <ConversationList />
      </HostProvider>
    </MemoryRouter>,
  );
  return { state, toast };
}
const row = (title: string) => screen.findByRole('link', { name: title });
const titles = () => screen.getAllByRole('link', { name: /^Talk/ }).map(({ textContent }) => textContent);

describe('the conversation list', () => {
  it('puts pinned ones first, then the others by date', async () => {
    show(conversation(1), conversation(2, { pinned: true }));
    await row('Talk 1');
    expect(titles()).toEqual(['Talk 2', 'Talk 1']);
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['Pinned', 'Today']);
  });

  it('says so when there is nothing', async () => {
    show();
    expect(await screen.findByText('No conversations yet.')).toBeTruthy();
  });

  it('moves between rows with the arrow keys', async () => {
    show(conversation(1), conversation(2));
    (await row('Talk 1')).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(await row('Talk 2'));
  });

  it('renames in place with F2 and gives the focus back', async () => {
    const { state } = show(conversation(1));
    (await row('Talk 1')).focus();
    await userEvent.keyboard('{F2}Talk about queues{Enter}');
    await waitFor(() => expect(state.items[0]?.title).toBe('Talk about queues'));
    expect(document.activeElement).toBe(await row('Talk about queues'));
  });

  it('leaves the title alone on Escape', async () => {
    const { state } = show(conversation(1));
    (await row('Talk 1')).focus();
    await userEvent.keyboard('{F2}Other{Escape}');
    await row('Talk 1');
    expect(state.seen.filter((call) => call.startsWith('PATCH'))).toEqual([]);
  });

  it('pins at once and moves the focus to the next row', async () => {
    const { state } = show(conversation(1), conversation(2));
    (await row('Talk 1')).focus();
    await userEvent.keyboard('p');
    expect(document.activeElement).toBe(await row('Talk 2'));
    expect(await screen.findByRole('heading', { name: 'Pinned' })).toBeTruthy();
    await waitFor(() => expect(state.items[0]?.pinned).toBe(true));
  });

  it('puts a change back that the server refuses, and says why', async () => {
    const { state, toast } = show(conversation(1));
    state.refuse = { status: 500, body: { status: 500, code: 'X', detail: 'The disk is full', title: 'No' } };
    (await row('Talk 1')).focus();
    await userEvent.keyboard('p');
    await waitFor(() => expect(toast).toHaveBeenCalled());
    expect(toast.mock.calls[0]?.[0]).toMatchObject({ description: 'The disk is full' });
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Pinned' })).toBeNull());
  });

  it('shows what a title became elsewhere instead of overwriting it', async () => {
    const { state, toast } = show(conversation(1));
    const current = conversation(1, { title: 'Talk elsewhere', rev: 2 });
    const body = { status: 409, code: 'CONVERSATIONS_CHANGED', detail: 'Changed', title: 'No', details: { current } };
    state.refuse = { status: 409, body };
    state.items = [current];
    (await row('Talk 1')).focus();
    await userEvent.keyboard('{F2}Mine{Enter}');
    expect(await row('Talk elsewhere')).toBeTruthy();
    const said = toast.mock.calls[0]?.[0];
    expect(said).toMatchObject({
      title: 'It was renamed elsewhere and is now “Talk elsewhere”',
      description: 'You typed “Mine”.',
    });
    // Whoever has seen the other title may still have their own.
    said?.action?.onAction();
    expect(await row('Mine')).toBeTruthy();
  });

  it('renames over a revision that changed for another reason', async () => {
    const { state, toast } = show(conversation(1));
    const current = conversation(1, { rev: 7 });
    const body = { status: 409, code: 'CONVERSATIONS_CHANGED', detail: 'Changed', title: 'No', details: { current } };
    state.refuse = { status: 409, body };
    (await row('Talk 1')).focus();
    await userEvent.keyboard('{F2}Talk mine{Enter}');
    await waitFor(() => expect(state.items[0]?.title).toBe('Talk mine'));
    expect(toast).not.toHaveBeenCalled();
  });
});

describe('deleting', () => {
  const remove = async () => {
    const shown = show(conversation(1), conversation(2));
    (await row('Talk 1')).focus();
    await userEvent.keyboard('{Delete}');
    await waitFor(() => expect(titles()).toEqual(['Talk 2']));
    const [content, options] = shown.toast.mock.calls[0] ?? [];
    return { ...shown, content, options };
  };

  it('waits for 8 s before the server hears of it', async () => {
    const { state, options } = await remove();
    expect([options?.timeoutMs, state.items.length]).toEqual([8_000, 2]);
    act(() => options?.onClose?.());
    await waitFor(() => expect(state.items.map(({ title }) => title)).toEqual(['Talk 2']));
  });

  it('is undone without a trace', async () => {
    const { state, content, options } = await remove();
    act(() => {
      content?.action?.onAction();
      options?.onClose?.();
    });
    await row('Talk 1');
    expect(state.seen.some((call) => call.startsWith('DELETE'))).toBe(false);
  });

  it('is offered in the menu of the row', async () => {
    show(conversation(1));
    const item = (await row('Talk 1')).closest('li') as HTMLElement;
    await userEvent.click(within(item).getByRole('button', { name: 'Actions for Talk 1' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Delete/ }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Talk 1' })).toBeNull());
  });
});
