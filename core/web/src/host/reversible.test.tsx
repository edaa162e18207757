import { afterEach, expect, it, jest } from '@jest/globals';
import { defineContract, defineSlot, op } from '@parley/contracts';
import type { UiManifest } from '@parley/contracts';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import * as z from 'zod';
import type { WebPlugin } from '../plugin/define-web-plugin.ts';
import { useContract } from '../queries/use-contract.ts';
import type { SessionAdapter } from '../session/session-adapter.ts';
import { Slot } from '../slots/slot.tsx';
import { createTestShell } from '../testing/index.ts';

const place = defineSlot({ id: 'place', arity: 'many', summary: '', props: z.object({}) });
const Input = z.object({ after: z.string().optional() });
const Page = z.object({ items: z.array(z.string()), next: z.string().optional() });
const contract = defineContract('busy', '1.0.0', {
  one: op({ method: 'GET', path: '/one', access: 'public', input: z.object({}), output: Page }),
  hangs: op({ method: 'GET', path: '/hangs', access: 'public', input: z.object({}), output: Page }),
  list: op({ method: 'GET', path: '/list', access: 'public', input: Input, output: Page }),
  change: op({ method: 'POST', path: '/change', access: 'public', input: z.object({}), output: Page }),
});

/** Takes of the page all that a web side may: queries, a mutation, listeners, an observer of a medium, a style element. */
function Busy() {
  const { queries } = useContract(contract);
  const one = useQuery(queries.one.options({}));
  useQuery(queries.hangs.options({}));
  const list = useInfiniteQuery(queries.list.infinite({}, { cursor: 'after', next: 'next' }));
  const change = useMutation(queries.change.mutation());
  useEffect(() => {
    const nothing = () => undefined;
    addEventListener('resize', nothing);
    document.addEventListener('keydown', nothing);
    return () => {
      removeEventListener('resize', nothing);
      document.removeEventListener('keydown', nothing);
    };
  }, []);
  return (
    <button type="button" onClick={() => change.mutate({})}>
      <style>{'.busy { color: red }'}</style>
      {one.data?.items} {list.data?.pages.length} {change.isSuccess ? 'changed' : 'as it was'}
    </button>
  );
}

const load = jest.fn(async () => undefined);
const heard = jest.fn();
const busy: WebPlugin = {
  id: 'busy',
  slots: { place: { busy: Busy } },
  start(host) {
    host.onEvent('things', heard);
    host.session.use({ load } as unknown as SessionAdapter);
    addEventListener('online', heard);
    return () => removeEventListener('online', heard);
  },
};
const kept: WebPlugin = { id: 'kept', slots: { place: { kept: () => <p>kept</p> } } };

/** Kinds of the listeners that the window and the document have now, each as often as there are. */
function watchListeners(): () => readonly string[] {
  const watched = [window, document].map((target) => {
    const added = new Map<string, Set<unknown>>();
    const add = (target as EventTarget).addEventListener.bind(target);
    const remove = (target as EventTarget).removeEventListener.bind(target);
    jest.spyOn(target, 'addEventListener').mockImplementation((...all: unknown[]) => {
      const [type, listener] = all as [string, unknown];
      // The selectors of jsdom follow the mouse from the first query on, over and over.
      if (!type.startsWith('mouse')) added.set(type, (added.get(type) ?? new Set()).add(listener));
      add(...(all as Parameters<typeof add>));
    });
    jest.spyOn(target, 'removeEventListener').mockImplementation((...all: unknown[]) => {
      const [type, listener] = all as [string, unknown];
      added.get(type)?.delete(listener);
      remove(...(all as Parameters<typeof remove>));
    });
    return added;
  });
  return () => watched.flatMap((added) => [...added].flatMap(([type, all]) => [...all].map(() => type))).toSorted();
}

const at = (pluginId: string) => ({ slot: 'place', pluginId, id: pluginId, order: 500 });
const listed = (...ids: string[]): UiManifest => ({
  plugins: ids.map((id) => ({ id, version: '1.0.0' })),
  contributions: ids.map(at),
});

const fetchPages = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  if (!String(input).includes('hangs')) return Response.json({ items: ['read'] });
  return new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });
};

afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

it('is the page it was, each time a web side was enabled, used and disabled', async () => {
  const listeners = watchListeners();
  const { Shell, runtime } = createTestShell({ plugins: [kept, busy], contributions: [at('kept')], fetch: fetchPages });
  const { queryClient, plugins, session, events } = runtime;
  const turn = async (...ids: string[]) => {
    await act(async () => plugins.update(listed(...ids)));
    await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
  };
  const picture = () => ({
    queries: queryClient
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey),
    reading: queryClient.isFetching(),
    changing: queryClient.isMutating(),
    listeners: listeners(),
    head: document.head.innerHTML,
    body: document.body.innerHTML,
    contributions: plugins.contributions('place'),
  });
  render(<Slot of={place} props={{}} />, { wrapper: Shell });
  await screen.findByText('kept');
  await turn('kept');
  const before = picture();
  for (let round = 0; round < 3; round += 1) {
    await turn('kept', 'busy');
    fireEvent.click(await screen.findByRole('button', { name: 'read 1 as it was' }));
    await screen.findByRole('button', { name: 'read 1 changed' });
    const busyPicture = picture();
    expect(busyPicture.queries.map(([id]) => id)).toEqual(['busy', 'busy', 'busy']);
    expect(busyPicture.listeners).toEqual([...before.listeners, 'keydown', 'online', 'resize'].toSorted());
    expect(document.querySelectorAll('style')).toHaveLength(1);
    await turn('kept');
    expect(picture()).toEqual(before);
  }
  events.emit({ topic: 'things', id: 'one' });
  expect(heard).not.toHaveBeenCalled();
  await act(() => session.load());
  expect(load).not.toHaveBeenCalled();
});
