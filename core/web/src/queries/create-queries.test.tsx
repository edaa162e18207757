import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { defineContract, op, sse } from '@parley/contracts';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import * as z from 'zod';
import type { WebPlugin } from '../plugin/define-web-plugin.ts';
import { createTestShell } from '../testing/index.ts';
import { createQueries } from './create-queries.ts';
import { useContract } from './use-contract.ts';

const Page = z.object({ items: z.array(z.string()), next: z.string().optional() });
const contract = defineContract('notes', '2.3.0', {
  list: op({
    method: 'GET',
    path: '/notes',
    access: 'user',
    input: z.object({ about: z.string(), after: z.string().optional() }),
    output: Page,
  }),
  add: op({
    method: 'POST',
    path: '/notes',
    access: 'user',
    input: z.object({ text: z.string() }),
    output: z.string(),
  }),
  follow: sse({ method: 'GET', path: '/stream', access: 'user', input: z.object({}), output: z.string() }),
});

const client = {
  list: async ({ after }: { after?: string | undefined }) => ({
    items: [after ?? 'first'],
    ...(after ? {} : { next: '2' }),
  }),
  add: jest.fn(async ({ text }: { text: string }) => text),
  follow: () => {
    throw new Error('not used');
  },
};
const queries = createQueries(contract, client);

afterEach(cleanup);

describe('queries of a contract', () => {
  it('key by contract, major version, operation and input', () => {
    expect(queries.list.key({ about: 'a' })).toEqual(['notes', 2, 'list', { about: 'a' }]);
    expect(queries.list.key()).toEqual(['notes', 2, 'list']);
    expect(queries.list.options({ about: 'a' }).queryKey).toEqual(queries.list.key({ about: 'a' }));
  });

  it('have no helper for a stream', () => {
    expect(Object.keys(queries)).toEqual(['list', 'add']);
  });

  it('carry the types of the operation to the cache', async () => {
    const cache = new QueryClient();
    const data = await cache.fetchQuery(queries.list.options({ about: 'a' }));
    const again: z.output<typeof Page> | undefined = cache.getQueryData(queries.list.key({ about: 'a' }));
    expect(again?.items).toBe(data.items);
    // @ts-expect-error -- the input lacks `about`
    queries.list.options({});
  });

  it('walk pages by cursor', async () => {
    const cache = new QueryClient();
    const all = await cache.fetchInfiniteQuery({
      ...queries.list.infinite({ about: 'a' }, { cursor: 'after', next: 'next' }),
      pages: 5,
    });
    expect(all.pages.map(({ items }) => items)).toEqual([['first'], ['2']]);
  });

  it('make mutations of the same call', async () => {
    const mutate = queries.add.mutation().mutationFn as (input: { text: string }) => Promise<string>;
    expect(await mutate({ text: 'hello' })).toBe('hello');
  });
});

describe('an event of the user', () => {
  it('makes a query that a plugin invalidates for it be read again', async () => {
    let answers = 0;
    const List = () => {
      const { data } = useQuery(useContract(contract).queries.list.options({ about: 'a' }));
      return <p>{data?.items.join()}</p>;
    };
    const plugin: WebPlugin = {
      id: 'notes',
      start: (host) =>
        host.onEvent('x.notes.changed', () => {
          const queryKey = host.contract(contract).queries.list.key();
          void host.queryClient.invalidateQueries({ queryKey });
        }),
    };
    const { Shell, runtime } = createTestShell({
      plugins: [plugin],
      fetch: async () => Response.json({ items: [`answer ${++answers}`] }),
    });
    const state = runtime.plugins.load('notes');
    if (state.status === 'loading') await state.loaded;
    render(<List />, { wrapper: Shell });
    await screen.findByText('answer 1');
    runtime.events.emit({ topic: 'x.notes.changed', id: 'n1' });
    expect(await screen.findByText('answer 2')).toBeTruthy();
    runtime.plugins.update({ plugins: [], contributions: [] });
    runtime.events.emit({ topic: 'x.notes.changed', id: 'n1' });
    expect(answers).toBe(2);
  });
});
