import { describe, expect, it } from '@jest/globals';
import { cache, defineHook, optional, secret } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from './define-plugin.ts';
import { createTestKernel, startTestKernel, stateOf } from './fixtures/start-kernel.ts';
import type { HealthAnswer } from './plugin-context.ts';

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;
const setup = () => {};

describe('what a page may know', () => {
  const ui = {
    module: './web',
    slots: { 'thread.panel': [{ id: 'notes', expose: './notes-panel', title: 'Notes', order: 10 }] },
  };

  it('holds the contributions of plugins that are up', async () => {
    const notes = definePlugin({ ...base, id: 'notes', ui, setup });
    const { kernel } = await startTestKernel([notes]);
    const contribution = {
      slot: 'thread.panel',
      pluginId: 'notes',
      id: 'notes',
      expose: './notes-panel',
      title: 'Notes',
      order: 10,
    };
    expect(kernel.contributions()).toEqual([contribution]);
    await kernel.stop();
    expect(kernel.contributions()).toEqual([]);
  });

  it('holds nothing of a plugin that failed', async () => {
    const broken = definePlugin({ ...base, id: 'notes', ui, setup: () => Promise.reject(new Error('boom')) });
    const { kernel } = await startTestKernel([broken]);
    expect(kernel.contributions()).toEqual([]);
  });

  it('holds the settings marked visible, and no others', async () => {
    const config = z.object({
      apiKey: secret(),
      region: z.string(),
      maxNotes: z.number().meta({ visibility: 'client' }).default(5),
    });
    const notes = definePlugin({ ...base, id: 'notes', config, setup });
    const { kernel } = await startTestKernel([{ plugin: notes, config: { apiKey: 'sk', region: 'eu' } }]);
    expect(kernel.clientConfig()).toEqual({ notes: { maxNotes: 5 } });
  });
});

describe('health', () => {
  const withProbe = (probe: (signal: AbortSignal) => Promise<HealthAnswer>) =>
    definePlugin({ ...base, id: 'storage', setup: (ctx) => ctx.health('database', probe) });
  const healthOf = (kernel: { graph(): { plugins: readonly { health: object }[] } }) =>
    kernel.graph().plugins[0]?.health;

  it('is unknown before it was asked', async () => {
    const { kernel } = await startTestKernel([withProbe(async () => 'ok')]);
    expect(healthOf(kernel)).toEqual({ database: 'unknown' });
  });

  it('makes a plugin degraded and ready again, and tells of both', async () => {
    let health: 'ok' | 'degraded' = 'degraded';
    const { kernel } = await startTestKernel([withProbe(async () => health)]);
    let changes = 0;
    kernel.onChange(() => void (changes += 1));
    await kernel.probe(1_000);
    expect(stateOf(kernel, 'storage')).toEqual({ state: 'degraded', reason: 'database is degraded' });
    health = 'ok';
    await kernel.probe(1_000);
    expect(stateOf(kernel, 'storage')).toEqual({ state: 'ready', reason: undefined });
    expect([changes, healthOf(kernel)]).toEqual([2, { database: 'ok' }]);
  });

  it('tells the reason that a probe gives', async () => {
    const { kernel } = await startTestKernel([withProbe(async () => ({ state: 'degraded', reason: 'disk full' }))]);
    await kernel.probe(1_000);
    expect(stateOf(kernel, 'storage')).toEqual({ state: 'degraded', reason: 'database: disk full' });
    expect(healthOf(kernel)).toEqual({ database: 'degraded' });
  });

  it('is down where a probe throws', async () => {
    const { kernel } = await startTestKernel([withProbe(() => Promise.reject(new Error('disk gone')))]);
    await kernel.probe(1_000);
    expect(stateOf(kernel, 'storage')).toEqual({ state: 'degraded', reason: 'database: disk gone' });
    expect(healthOf(kernel)).toEqual({ database: 'down' });
  });

  it('is down where a probe gives no answer in time, and its signal aborts', async () => {
    let given: AbortSignal | undefined;
    const silent = (signal: AbortSignal) => {
      given = signal;
      return new Promise<never>(() => {});
    };
    const { kernel } = await startTestKernel([withProbe(silent)]);
    await kernel.probe(5);
    expect(stateOf(kernel, 'storage')?.reason).toBe('database: gave no answer within 5 ms');
    expect(given?.aborted).toBe(true);
  });

  it('does not take routes or contributions away from a degraded plugin', async () => {
    const ui = { module: './web', slots: { panel: [{ id: 'a', expose: './a' }] } };
    const plugin = definePlugin({ ...base, id: 'a', ui, setup: (ctx) => ctx.health('x', async () => 'degraded') });
    const { kernel } = await startTestKernel([plugin]);
    await kernel.probe(1_000);
    expect(kernel.contributions()).toHaveLength(1);
  });
});

describe('listeners', () => {
  it('hear of each change until their undo is called', async () => {
    const { kernel } = createTestKernel([definePlugin({ ...base, id: 'a', setup })]);
    const states: (string | undefined)[] = [];
    const undo = kernel.onChange(() => void states.push(stateOf(kernel, 'a')?.state));
    await kernel.start();
    undo();
    await kernel.stop();
    expect(states).toEqual(['resolved', 'starting', 'ready']);
  });

  it('hear of what a plugin registers after its setup', async () => {
    let later = () => {};
    const hook = defineHook({
      id: 'h',
      kind: 'notify',
      summary: 's',
      input: z.string(),
      onError: 'skip',
      timeoutMs: 100,
    });
    const plugin = definePlugin({
      ...base,
      id: 'a',
      hooks: [hook],
      setup: (ctx) => void (later = () => ctx.on(hook, () => {})),
    });
    const { kernel } = await startTestKernel([plugin]);
    const taps: number[] = [];
    kernel.onChange(() => taps.push(kernel.graph().hooks.find(({ id }) => id === 'h')?.taps.length ?? 0));
    later();
    expect(taps).toEqual([1]);
  });

  it('that throw hurt nobody and are logged', async () => {
    const { kernel, lines } = createTestKernel([definePlugin({ ...base, id: 'a', setup })]);
    kernel.onChange(() => {
      throw new Error('boom');
    });
    await kernel.start();
    expect(stateOf(kernel, 'a')?.state).toBe('ready');
    expect(lines[0]).toMatchObject({ pluginId: 'kernel', level: 'error' });
  });
});

describe('the graph', () => {
  const hook = defineHook({
    id: 'h',
    kind: 'notify',
    summary: 's',
    input: z.string(),
    onError: 'skip',
    timeoutMs: 100,
  });

  it('tells who needs what from whom, at which level', async () => {
    const redis = definePlugin({
      ...base,
      id: 'redis',
      provides: [cache],
      setup: (ctx) => ctx.provide(cache, {} as never, { title: 'Redis' }),
    });
    const notes = definePlugin({ ...base, id: 'notes', requires: { cache: optional(cache) }, critical: true, setup });
    const { kernel } = await startTestKernel([notes, redis]);
    expect(kernel.graph().plugins).toEqual([
      expect.objectContaining({
        id: 'notes',
        version: '1.0.0',
        critical: true,
        generation: 1,
        level: 1,
        startMs: expect.any(Number),
        requires: [{ capability: 'cache', need: 'optional', providers: ['redis'] }],
      }),
      expect.objectContaining({
        id: 'redis',
        level: 0,
        provides: [expect.objectContaining({ capability: 'cache', key: 'redis', leases: 0 })],
      }),
    ]);
  });

  it('tells the taps of each hook in order with the reason', async () => {
    const tap = (id: string, order: object) =>
      definePlugin({ ...base, id, hooks: [hook], setup: (ctx) => ctx.on(hook, () => {}, order) });
    const { kernel } = await startTestKernel([tap('a', { phase: 'late' }), tap('b', { after: ['nobody'] })]);
    const node = kernel.graph().hooks.find(({ id }) => id === 'h');
    expect(node?.taps.map(({ pluginId, phase, reason }) => [pluginId, phase, reason])).toEqual([
      ['b', 'normal', 'after nobody'],
      ['a', 'late', 'phase late'],
    ]);
    expect(kernel.graph().problems).toEqual([
      'hook h: plugin b is ordered by nobody, and this composition has no such plugin',
    ]);
  });

  it('is plain data', async () => {
    const { kernel } = await startTestKernel([definePlugin({ ...base, id: 'a', setup })]);
    const graph = kernel.graph();
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  });

  it('fails a plugin whose taps close a circle, with the path', async () => {
    const tap = (id: string, order: object) =>
      definePlugin({ ...base, id, hooks: [hook], setup: (ctx) => ctx.on(hook, () => {}, order) });
    const { kernel } = await startTestKernel([tap('a', { before: ['b'] }), tap('b', { before: ['a'] })]);
    expect(stateOf(kernel, 'a')?.state).toBe('ready');
    expect(stateOf(kernel, 'b')?.reason).toMatch(/hook h can not be put in an order: (a -> b -> a|b -> a -> b)/);
  });
});

describe('a tap that fails where nobody hears of it', () => {
  it('is logged under its plugin', async () => {
    const hook = defineHook({
      id: 'h',
      kind: 'notify',
      summary: 's',
      input: z.string(),
      onError: 'skip',
      timeoutMs: 100,
    });
    const broken = definePlugin({
      ...base,
      id: 'broken',
      hooks: [hook],
      setup: (ctx) => ctx.on(hook, () => Promise.reject(new Error('boom'))),
    });
    const { kernel, lines } = await startTestKernel([broken]);
    await kernel.hook(hook).run('x', kernel.call());
    expect(lines).toContainEqual(
      expect.objectContaining({ pluginId: 'broken', level: 'warn', message: 'A tap of hook h failed' }),
    );
  });
});
