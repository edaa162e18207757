import { describe, expect, it } from '@jest/globals';
import { cache, defineEntity } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { createMemoryDriver, createMemoryPlugin } from '../fixtures/memory-driver.ts';
import { startTestKernel, stateOf } from '../fixtures/start-kernel.ts';
import { createSpeaker, cachePlugin, userOf, say, drainingOf, uses, greet, boom, base } from '../fixtures/swappable.ts';
import type { PluginContext } from '../plugin-context.ts';

describe('a generation that was replaced', () => {
  it('lives on while a request holds it, and ends with it', async () => {
    const events: string[] = [];
    const a = createSpeaker('a', events);
    const { kernel } = await startTestKernel([a]);
    const [mounted] = kernel.contracts();
    const hold = mounted?.hold();
    await kernel.apply(uses({ plugin: a, config: { word: 'two' } }));
    expect(mounted?.draining.aborted).toBe(true);
    expect(events).not.toContain('stop a one');
    expect(drainingOf(kernel, 'a')).toEqual([{ generation: 1, holds: 1 }]);
    hold?.[Symbol.dispose]();
    hold?.[Symbol.dispose]();
    await kernel.drained();
    expect(events).toContain('stop a one');
    expect(drainingOf(kernel, 'a')).toEqual([]);
  });

  it('lives on while the host leases what it provides, and ends with the lease', async () => {
    const events: string[] = [];
    const redis = cachePlugin(events);
    const { kernel } = await startTestKernel([redis]);
    const caches = kernel.live(cache);
    const lease = caches.lease();
    expect([lease.key, lease.value]).toMatchObject(['redis', { size: 1 }]);
    await kernel.apply(uses({ plugin: redis, config: { size: 2 } }));
    expect(caches.lease().value).toMatchObject({ size: 2 });
    expect(events).not.toContain('stop redis 1');
    lease[Symbol.dispose]();
    await kernel.drained();
    expect(events).toContain('stop redis 1');
  });

  it('ends after the drain time although it is held', async () => {
    const events: string[] = [];
    const a = createSpeaker('a', events);
    const { kernel } = await startTestKernel([a], { drainTimeoutMs: 5 });
    using _hold = kernel.contracts()[0]?.hold();
    await kernel.apply(uses({ plugin: a, config: { word: 'two' } }));
    await kernel.drained();
    expect(events).toContain('stop a one');
  });

  it('may be one of several that drain', async () => {
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([a]);
    const holds = [kernel.contracts()[0]?.hold()];
    await kernel.apply(uses({ plugin: a, config: { word: 'two' } }));
    holds.push(kernel.contracts()[0]?.hold());
    await kernel.apply(uses({ plugin: a, config: { word: 'three' } }));
    expect(drainingOf(kernel, 'a')?.map(({ generation }) => generation)).toEqual([1, 2]);
    for (const hold of holds) hold?.[Symbol.dispose]();
    await kernel.drained();
  });

  it('ends after those that were started with it', async () => {
    const events: string[] = [];
    const redis = cachePlugin(events);
    let notesContext: PluginContext<unknown> | undefined;
    const notes = definePlugin({
      ...base,
      id: 'notes',
      requires: { cache },
      setup(ctx) {
        notesContext ??= ctx;
        ctx.effect(() => () => void events.push('stop notes'), 'timer');
      },
    });
    const { kernel } = await startTestKernel([redis, notes]);
    const pin = notesContext?.pin();
    await kernel.apply(uses({ plugin: redis, config: { size: 2 } }, notes));
    expect(events).toEqual(['start redis 1', 'start redis 2']);
    pin?.[Symbol.dispose]();
    await kernel.drained();
    expect(events.slice(2)).toEqual(['stop notes', 'stop redis 1']);
  });

  it('lives on while one of its taps runs', async () => {
    const entered = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const slow = definePlugin({
      ...base,
      id: 'slow',
      hooks: [greet],
      config: z.object({ word: z.string().default('one') }).prefault({}),
      setup: (ctx) =>
        ctx.on(greet, async (value) => {
          entered.resolve();
          await go.promise;
          return `${value} ${ctx.config.word}`;
        }),
    });
    const { kernel } = await startTestKernel([slow]);
    const saying = say(kernel);
    await entered.promise;
    await kernel.apply(uses({ plugin: slow, config: { word: 'two' } }));
    go.resolve();
    await expect(saying).resolves.toBe('hi one');
    await expect(say(kernel)).resolves.toBe('hi two');
  });

  it('shows nobody what it registers when it drains', async () => {
    let context: PluginContext<unknown> | undefined;
    const late = definePlugin({ ...base, id: 'late', hooks: [greet], setup: (ctx) => void (context ??= ctx) });
    const { kernel } = await startTestKernel([late]);
    using _hold = context?.pin();
    await kernel.apply(uses({ ...late }));
    context?.on(greet, () => 'too late');
    await expect(say(kernel)).resolves.toBe('hi');
  });

  it('does not hold up the stop of the kernel', async () => {
    const events: string[] = [];
    const a = createSpeaker('a', events);
    const { kernel } = await startTestKernel([a]);
    using _hold = kernel.contracts()[0]?.hold();
    await kernel.apply(uses({ plugin: a, config: { word: 'two' } }));
    await expect(kernel.stop()).resolves.toEqual([]);
    expect(events.slice(-2)).toEqual(['stop a one', 'stop a two']);
  });
});

describe('a pin', () => {
  it('keeps every plugin of its time, taps and capabilities, until it ends', async () => {
    const events: string[] = [];
    const a = createSpeaker('a', events);
    let owner: PluginContext<unknown> | undefined;
    const runs = definePlugin({ ...base, id: 'runs', setup: (ctx) => void (owner = ctx) });
    const { kernel } = await startTestKernel([a, runs]);
    const pin = owner?.pin();
    await kernel.apply(uses({ plugin: a, config: { word: 'two' } }, runs));
    await expect(pin?.hook(greet).run('hi', kernel.call())).resolves.toBe('hi a:one');
    await expect(say(kernel)).resolves.toBe('hi a:two');
    expect(events).not.toContain('stop a one');
    pin?.[Symbol.dispose]();
    await kernel.drained();
    expect(events).toContain('stop a one');
  });

  it('keeps the plugin that took it, also when that is replaced', async () => {
    let owner: PluginContext<unknown> | undefined;
    const runs = definePlugin({ ...base, id: 'runs', setup: (ctx) => void (owner ??= ctx) });
    const { kernel } = await startTestKernel([runs]);
    const pin = owner?.pin();
    await kernel.apply(uses({ ...runs }));
    expect(owner?.signal.aborted).toBe(false);
    pin?.[Symbol.dispose]();
    await kernel.drained();
    expect(owner?.signal.aborted).toBe(true);
  });
});

describe('a plugin that can not overlap', () => {
  it('stops before it starts again, and so does who was given something of it', async () => {
    const events: string[] = [];
    const redis = cachePlugin(events, { swap: 'restart' });
    const notes = userOf(events);
    const { kernel } = await startTestKernel([redis, notes]);
    events.length = 0;
    const { changes } = await kernel.apply(uses({ plugin: redis, config: { size: 2 } }, notes));
    expect(changes.map(({ action }) => action)).toEqual(['restart', 'restart']);
    expect(events).toEqual(['stop notes on 1', 'stop redis 1', 'start redis 2', 'start notes on 2']);
  });

  it('comes back as it was when its successor does not start', async () => {
    const events: string[] = [];
    const redis = cachePlugin(events, { swap: 'restart' });
    const notes = userOf(events);
    const { kernel } = await startTestKernel([redis, notes]);
    const broken = cachePlugin(events, { swap: 'restart', setup: boom });
    await expect(kernel.apply(uses(broken, notes))).rejects.toMatchObject({ code: 'KERNEL_APPLY_FAILED' });
    expect(events.slice(-2)).toEqual(['start redis 1', 'start notes on 1']);
    expect(stateOf(kernel, 'notes')?.state).toBe('ready');
  });

  it('is one whose records are rewritten', async () => {
    const entity = (version: number) =>
      defineEntity({
        name: 'note',
        version,
        scope: 'user',
        schema: z.object({}),
        migrate: { 1: (old) => old },
      });
    const keeper = (version: number) =>
      definePlugin({ ...base, id: 'keeper', version: `1.${version}.0`, entities: [entity(version)], setup: () => {} });
    const memory = createMemoryDriver();
    const storage = createMemoryPlugin(memory.driver);
    const { kernel } = await startTestKernel([storage, keeper(1)]);
    const target = uses(storage, keeper(2));
    expect(kernel.plan(target).changes).toMatchObject([
      { action: 'restart', migrations: [{ entity: 'note', from: 1, to: 2 }] },
    ]);
    await kernel.apply(target);
    const notes = memory.prepared.filter(({ name }) => name === 'keeper.note');
    expect(notes.map(({ version }) => version)).toEqual([1, 2]);
  });
});

describe('what generations share', () => {
  it('is made by the first and ended with the last', async () => {
    const events: string[] = [];
    const seen: object[] = [];
    const sharer = definePlugin({
      ...base,
      id: 'sharer',
      config: z.object({ n: z.number().default(1) }).prefault({}),
      setup: (ctx) =>
        void seen.push(
          ctx.shared('file', () => ({ value: { made: ctx.config.n }, end: () => void events.push('end') })),
        ),
    });
    const { kernel } = await startTestKernel([sharer]);
    await kernel.apply(uses({ plugin: sharer, config: { n: 2 } }));
    await kernel.drained();
    expect(seen[1]).toBe(seen[0]);
    expect(events).toEqual([]);
    await kernel.apply(uses());
    await kernel.drained();
    expect(events).toEqual(['end']);
    await kernel.apply(uses({ plugin: sharer, config: { n: 3 } }));
    expect(seen[2]).toEqual({ made: 3 });
  });

  it('is made anew only when the end of the former is through', async () => {
    const ending = Promise.withResolvers<void>();
    const events: string[] = [];
    const sharer = definePlugin({
      ...base,
      id: 'sharer',
      setup(ctx) {
        ctx.shared('file', () => ({
          value: events.push('made'),
          end: async () => {
            await ending.promise;
            events.push('ended');
          },
        }));
      },
    });
    const { kernel } = await startTestKernel([sharer]);
    await kernel.apply(uses());
    const coming = kernel.apply(uses(sharer));
    ending.resolve();
    await coming;
    expect(events).toEqual(['made', 'ended', 'made']);
  });
});
