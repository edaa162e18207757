import { expect, it } from '@jest/globals';
import { defineCapability, live, optional } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { startTestKernel } from '../fixtures/start-kernel.ts';

interface Shelf {
  put(name: string, value: string): void;
  names(): readonly string[];
}
const shelf = defineCapability<Shelf>()({
  id: 'shelf',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
  namespaced: ['put'],
});
const base = { version: '1.0.0', kernel: '^1.0.0' } as const;

/** A kernel with a shelf and what its users left there. */
async function namesOf(need: 'direct' | 'live' | 'pinned', declared = shelf): Promise<readonly string[]> {
  const stored = new Map<string, string>();
  const provider = definePlugin({
    ...base,
    id: 'provider',
    provides: [shelf],
    setup: (ctx) =>
      ctx.provide(shelf, { put: (name, value) => void stored.set(name, value), names: () => [...stored.keys()] }, {}),
  });
  const direct = (id: string) =>
    definePlugin({
      ...base,
      id,
      requires: { shelf: declared },
      setup: (_ctx, deps) => deps.shelf.put('name', id),
    });
  const viaLease = (id: string) =>
    definePlugin({
      ...base,
      id,
      requires: { shelf: live(declared) },
      setup: (ctx, deps) => {
        using pin = ctx.pin();
        using lease = (need === 'pinned' ? pin.live(declared) : deps.shelf).lease();
        lease.value.put('name', id);
      },
    });
  const make = need === 'direct' ? direct : viaLease;
  const { kernel } = await startTestKernel([provider, make('notes'), make('chat')]);
  await kernel.stop();
  return [...stored.keys()].toSorted();
}

it.each(['direct', 'live', 'pinned'] as const)('keeps the names of two plugins apart, for a %s use', async (need) => {
  expect(await namesOf(need)).toEqual(['chat:name', 'notes:name']);
});

it('keeps them apart for a consumer that does not say so itself', async () => {
  const { namespaced: _, ...silent } = shelf;
  expect(await namesOf('direct', silent)).toEqual(['chat:name', 'notes:name']);
});

it('leaves members without names as they are, and gives one plugin the same object each time', async () => {
  let names: readonly string[] = [];
  let isSame = false;
  const stored = new Map<string, string>();
  const provider = definePlugin({
    ...base,
    id: 'provider',
    provides: [shelf],
    setup: (ctx) =>
      ctx.provide(shelf, { put: (name, value) => void stored.set(name, value), names: () => [...stored.keys()] }, {}),
  });
  const user = definePlugin({
    ...base,
    id: 'notes',
    requires: { first: shelf, second: optional(shelf) },
    setup: (_ctx, { first, second }) => {
      first.put('a', '1');
      names = first.names();
      isSame = first === second;
    },
  });
  const { kernel } = await startTestKernel([provider, user]);
  await kernel.stop();
  expect([names, isSame]).toEqual([['notes:a'], true]);
});
