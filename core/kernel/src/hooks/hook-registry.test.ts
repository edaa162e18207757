import { describe, expect, it } from '@jest/globals';
import { defineHook } from '@parley/contracts';
import * as z from 'zod';
import { testCall } from '../fixtures/calls.ts';
import { boom, createTest, define } from '../fixtures/hooks.ts';

describe('the registry', () => {
  const hook = define('waterfall');
  const add = (name: string) => (value: string) => `${value}${name}`;

  it('runs a tap only for values whose fields equal its filter', async () => {
    const { registry, tap } = createTest();
    const typed = defineHook({
      id: 'test.typed',
      kind: 'waterfall',
      summary: 'For tests.',
      input: z.object({ type: z.string(), seen: z.array(z.string()) }),
      onError: 'fail',
      timeoutMs: 1_000,
    });
    const mark = (name: string) => (value: { type: string; seen: string[] }) => ({
      ...value,
      seen: [...value.seen, name],
    });
    tap(typed, 'texts', mark('texts'), { when: { type: 'text' } });
    tap(typed, 'images', mark('images'), { when: { type: 'image' } });
    const result = await registry.hook(typed).run({ type: 'image', seen: [] }, testCall);
    expect(result.seen).toEqual(['images']);
    expect(registry.nodes()[0]?.taps.map(({ calls }) => calls)).toEqual([0, 1]);
  });

  it('lets a runner taken earlier see a tap added later', async () => {
    const { registry, tap } = createTest();
    const runner = registry.hook(hook);
    tap(hook, 'a', add('a'));
    await expect(runner.run('x', testCall)).resolves.toBe('xa');
  });

  it('lets a snapshot keep the taps it was taken with', async () => {
    const { registry, tap } = createTest();
    const undo = tap(hook, 'a', add('a'));
    const snapshot = registry.snapshot();
    undo();
    tap(hook, 'b', add('b'));
    await expect(snapshot.hook(hook).run('x', testCall)).resolves.toBe('xa');
    await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xb');
  });

  it('lets a call in flight finish with the taps it began with', async () => {
    const { registry, tap } = createTest();
    const hold = Promise.withResolvers<void>();
    tap(hook, 'a', async (value: string) => {
      await hold.promise;
      return `${value}a`;
    });
    const undo = tap(hook, 'b', add('b'));
    const running = registry.hook(hook).run('x', testCall);
    undo();
    hold.resolve();
    await expect(running).resolves.toBe('xab');
  });

  it('counts calls, errors and time of each tap', async () => {
    const { registry, tap } = createTest();
    const skipping = define('waterfall', 'skip');
    tap(skipping, 'fine', add('a'));
    tap(skipping, 'broken', boom);
    await registry.hook(skipping).run('x', testCall);
    await registry.hook(skipping).run('x', testCall);
    const [fine, broken] = registry.nodes()[0]?.taps ?? [];
    expect([fine?.calls, fine?.errors, broken?.calls, broken?.errors]).toEqual([2, 0, 2, 2]);
    expect(fine?.totalMs).toBeGreaterThan(0);
  });

  it('refuses two hooks with one id and different kinds', () => {
    const { registry, tap } = createTest();
    tap(hook, 'a', add('a'));
    const other = defineHook({ ...define('gate'), id: hook.id });
    expect(() => registry.hook(other)).toThrow(/test\.waterfall is known as waterfall and is used as gate/);
  });

  it('tells of an order by a plugin that is not there', () => {
    const { registry, tap } = createTest();
    tap(hook, 'notes', add('a'), { after: ['rag'] });
    expect(registry.problems(new Set(['notes']))).toEqual([
      'hook test.waterfall: plugin notes is ordered by rag, and this composition has no such plugin',
    ]);
  });
});
