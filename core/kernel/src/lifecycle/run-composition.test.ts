import { describe, expect, it } from '@jest/globals';
import { bus, cache, defineHook, kernelReady, live, optional } from '@parley/contracts';
import type { Bus, Cache } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import type { AnyPlugin } from '../define-plugin.ts';
import { createTestKernel, startTestKernel, stateOf } from '../fixtures/start-kernel.ts';

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;
const anyCache = {} as Cache;
const anyBus = {} as Bus;
const boom = () => {
  throw new Error('boom');
};

/** A plugin that provides the cache, and tells when it starts and stops. */
const cachePlugin = (events: string[], more: Partial<AnyPlugin> = {}) =>
  definePlugin({
    ...base,
    id: 'redis',
    provides: [cache],
    setup(ctx) {
      events.push('start redis');
      ctx.provide(cache, anyCache, { title: 'Redis' });
      ctx.effect(() => () => void events.push('stop redis'), 'connection');
    },
    ...(more as object),
  });

/** A plugin that needs the cache. */
const notesPlugin = (events: string[]) =>
  definePlugin({
    ...base,
    id: 'notes',
    requires: { cache },
    setup(ctx, deps) {
      events.push(deps.cache ? 'start notes' : 'start notes without its cache');
      ctx.effect(() => () => void events.push('stop notes'), 'timer');
    },
  });

describe('starting', () => {
  it('starts a plugin after what it needs, whatever the order of the composition', async () => {
    const events: string[] = [];
    const { kernel } = await startTestKernel([notesPlugin(events), cachePlugin(events)]);
    expect(events).toEqual(['start redis', 'start notes']);
    expect(stateOf(kernel, 'notes')).toEqual({ state: 'ready', reason: undefined });
  });

  it('starts plugins of one level at the same time', async () => {
    const meet = Promise.withResolvers<void>();
    const waits = definePlugin({ ...base, id: 'waits', setup: () => meet.promise });
    const opens = definePlugin({ ...base, id: 'opens', setup: () => meet.resolve() });
    const { kernel } = await startTestKernel([waits, opens]);
    expect(stateOf(kernel, 'waits')?.state).toBe('ready');
  });

  it('leaves a plugin that throws failed, with its reason, and starts the rest', async () => {
    const broken = definePlugin({ ...base, id: 'broken', setup: boom });
    const fine = definePlugin({ ...base, id: 'fine', setup: () => {} });
    const { kernel } = await startTestKernel([broken, fine]);
    expect(stateOf(kernel, 'broken')).toEqual({ state: 'failed', reason: 'boom' });
    expect(stateOf(kernel, 'fine')?.state).toBe('ready');
    expect(kernel.graph().problems).toEqual(['broken is failed: boom']);
  });

  it('undoes everything that a failing plugin had registered', async () => {
    const undone: string[] = [];
    const hook = defineHook({
      id: 'h',
      kind: 'notify',
      summary: 's',
      input: z.string(),
      onError: 'skip',
      timeoutMs: 10,
    });
    const broken = definePlugin({
      ...base,
      id: 'broken',
      provides: [cache],
      hooks: [hook],
      setup(ctx) {
        ctx.on(hook, () => {});
        ctx.provide(cache, anyCache, { title: 'x' });
        ctx.effect(() => () => void undone.push('timer'), 'timer');
        boom();
      },
    });
    const { kernel } = await startTestKernel([broken]);
    const graph = kernel.graph();
    expect(undone).toEqual(['timer']);
    expect(graph.plugins[0]).toMatchObject({ effects: [], provides: [] });
    expect(graph.hooks.flatMap(({ taps }) => taps)).toEqual([]);
  });

  it('lets the dependents of a failed plugin wait, with the reason', async () => {
    const events: string[] = [];
    const broken = definePlugin({ ...base, id: 'redis', provides: [cache], setup: boom });
    const { kernel } = await startTestKernel([notesPlugin(events), broken]);
    expect(stateOf(kernel, 'notes')).toEqual({ state: 'waiting', reason: 'waits for cache: redis is failed' });
    expect(events).toEqual([]);
  });

  it('lets a plugin wait when its provider is up and provides nothing', async () => {
    const empty = definePlugin({ ...base, id: 'redis', provides: [cache], setup: () => {} });
    const { kernel } = await startTestKernel([notesPlugin([]), empty]);
    expect(stateOf(kernel, 'notes')?.reason).toBe('waits for cache: redis is ready and provides none');
  });

  it('starts a plugin without an optional capability that failed', async () => {
    let received: unknown = 'nothing yet';
    const broken = definePlugin({ ...base, id: 'redis', provides: [cache], setup: boom });
    const reader = definePlugin({
      ...base,
      id: 'reader',
      requires: { cache: optional(cache) },
      setup: (_ctx, deps) => void (received = deps.cache),
    });
    await startTestKernel([reader, broken]);
    expect(received).toBeUndefined();
  });

  it('gives a setup that takes too long up', async () => {
    const slow = definePlugin({ ...base, id: 'slow', setup: () => new Promise<never>(() => {}) });
    const { kernel } = await startTestKernel([slow], { startTimeoutMs: 5 });
    expect(stateOf(kernel, 'slow')).toEqual({
      state: 'failed',
      reason: 'setup of plugin slow did not finish within 5 ms',
    });
  });

  it('gives one plugin its own time for its setup', async () => {
    const slow = definePlugin({ ...base, id: 'slow', setup: () => new Promise<never>(() => {}) });
    const { kernel } = await startTestKernel([{ plugin: slow, startTimeoutMs: 6 }]);
    expect(stateOf(kernel, 'slow')?.reason).toBe('setup of plugin slow did not finish within 6 ms');
  });

  it('refuses what a setup registers after it was given up', async () => {
    const late = Promise.withResolvers<unknown>();
    const slow = definePlugin({
      ...base,
      id: 'slow',
      async setup(ctx) {
        await new Promise<void>((resolve) => ctx.signal.addEventListener('abort', resolve));
        try {
          ctx.effect(() => {}, 'too late');
        } catch (error) {
          late.resolve(error);
        }
      },
    });
    await startTestKernel([slow], { startTimeoutMs: 5 });
    await expect(late.promise).resolves.toMatchObject({ code: 'KERNEL_PLUGIN_DISPOSED' });
  });

  it('ends when a critical plugin fails, after stopping what had started', async () => {
    const events: string[] = [];
    const critical = definePlugin({ ...base, id: 'storage', critical: true, requires: { cache }, setup: boom });
    const { kernel } = createTestKernel([cachePlugin(events), critical]);
    await expect(kernel.start()).rejects.toMatchObject({
      code: 'KERNEL_CRITICAL_FAILED',
      message: 'Plugin storage is critical and did not start: boom',
    });
    expect(events).toEqual(['start redis', 'stop redis']);
    expect(stateOf(kernel, 'redis')?.state).toBe('stopped');
  });

  it('ends when a critical plugin waits for a failed one', async () => {
    const broken = definePlugin({ ...base, id: 'redis', provides: [cache], setup: boom });
    const critical = definePlugin({ ...base, id: 'storage', critical: true, requires: { cache }, setup: () => {} });
    const { kernel } = createTestKernel([broken, critical]);
    await expect(kernel.start()).rejects.toThrow(/storage is critical .* waits for cache: redis is failed/);
  });

  it('runs nothing of any plugin when the composition has problems, and reports all of them', async () => {
    const events: string[] = [];
    const strict = definePlugin({ ...base, id: 'strict', config: z.object({ size: z.number() }), setup: () => {} });
    const future = definePlugin({ ...base, id: 'future', kernel: '^7.0.0', setup: () => {} });
    const fine = definePlugin({ ...base, id: 'fine', setup: () => void events.push('fine') });
    const { kernel } = createTestKernel([notesPlugin(events), { plugin: strict, config: { siez: 1 } }, future, fine]);
    const error: unknown = await kernel.start().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KERNEL_INVALID' });
    const { message } = error as Error;
    expect(message).toContain('notes needs cache ^1');
    expect(message).toContain('strict.siez: unknown setting; did you mean size?');
    expect(message).toContain('future was written for kernel ^7.0.0');
    expect(events).toEqual([]);
    expect(stateOf(kernel, 'strict')?.state).toBe('invalid');
    expect(stateOf(kernel, 'fine')?.state).toBe('resolved');
  });

  it('says that a provider is known where one is missing', async () => {
    const { kernel } = createTestKernel([notesPlugin([])], { known: [cachePlugin([])] });
    await expect(kernel.start()).rejects.toThrow(/notes needs cache \^1: .*; add one of: redis/);
  });

  it('tells the taps of kernel.ready when all are up', async () => {
    const events: string[] = [];
    const listener = definePlugin({
      ...base,
      id: 'listener',
      hooks: [kernelReady],
      setup: (ctx) => ctx.on(kernelReady, () => void events.push('ready')),
    });
    await startTestKernel([listener, notesPlugin(events), cachePlugin(events)]);
    expect(events.at(-1)).toBe('ready');
  });

  it('starts once, however often it is asked', async () => {
    const events: string[] = [];
    const { kernel } = createTestKernel([cachePlugin(events)]);
    await Promise.all([kernel.start(), kernel.start()]);
    expect(events).toEqual(['start redis']);
  });
});

describe('stopping', () => {
  it('stops a plugin before what it needs', async () => {
    const events: string[] = [];
    const { kernel } = await startTestKernel([cachePlugin(events), notesPlugin(events)]);
    events.length = 0;
    await expect(kernel.stop()).resolves.toEqual([]);
    expect(events).toEqual(['stop notes', 'stop redis']);
    expect(stateOf(kernel, 'redis')?.state).toBe('stopped');
  });

  it('reports what could not be undone by plugin and label, and undoes the rest', async () => {
    const events: string[] = [];
    const leaky = definePlugin({
      ...base,
      id: 'leaky',
      requires: { cache },
      setup(ctx) {
        ctx.effect(() => () => new Promise<never>(() => {}), 'poll');
        ctx.effect(() => boom, 'socket');
      },
    });
    const { kernel } = await startTestKernel([cachePlugin(events), leaky], { stopTimeoutMs: 5 });
    await expect(kernel.stop()).resolves.toEqual(['leaky: socket: boom', 'leaky: poll: was not undone within 5 ms']);
    expect(events.at(-1)).toBe('stop redis');
  });

  it('waits for a start that is under way and starts no further level', async () => {
    const events: string[] = [];
    const { kernel } = createTestKernel([cachePlugin(events), notesPlugin(events)]);
    const starting = kernel.start();
    await kernel.stop();
    await starting;
    expect(events).toEqual(['start redis', 'stop redis']);
  });

  it('stops once, however often it is asked', async () => {
    const events: string[] = [];
    const { kernel } = await startTestKernel([cachePlugin(events)]);
    await Promise.all([kernel.stop(), kernel.stop()]);
    expect(events).toEqual(['start redis', 'stop redis']);
  });

  it('is possible before any start', async () => {
    const { kernel } = createTestKernel([cachePlugin([])]);
    await expect(kernel.stop()).resolves.toEqual([]);
  });
});

describe('using one plugin twice', () => {
  it('keeps the two apart by their ids and settings', async () => {
    const seen: string[] = [];
    const plugin = definePlugin({
      ...base,
      id: 'openai',
      config: z.object({ url: z.string() }),
      setup: (ctx) => void seen.push(`${ctx.id} ${ctx.config.url}`),
    });
    await startTestKernel([
      { plugin, id: 'first', config: { url: 'a' } },
      { plugin, id: 'second', config: { url: 'b' } },
    ]);
    expect(seen).toEqual(['first a', 'second b']);
  });
});

describe('live needs', () => {
  it('never hold a start up', async () => {
    const follower = definePlugin({ ...base, id: 'follower', requires: { bus: live(bus) }, setup: () => {} });
    const { kernel } = await startTestKernel([follower]);
    expect(stateOf(kernel, 'follower')?.state).toBe('ready');
  });

  it('start after their providers where that is possible', async () => {
    let keys: readonly string[] = [];
    const follower = definePlugin({
      ...base,
      id: 'follower',
      requires: { bus: live(bus) },
      setup: (_ctx, deps) => void (keys = deps.bus.keys()),
    });
    const provider = definePlugin({
      ...base,
      id: 'memory',
      provides: [bus],
      setup: (ctx) => ctx.provide(bus, anyBus, { title: 'Memory' }),
    });
    await startTestKernel([follower, provider]);
    expect(keys).toEqual(['memory']);
  });
});
