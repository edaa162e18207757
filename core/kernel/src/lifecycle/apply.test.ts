import { describe, expect, it } from '@jest/globals';
import { cache, configChanged, defineContract, kernelReady, live, modelProvider, optional } from '@parley/contracts';
import type { ModelProvider } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { startTestKernel, stateOf } from '../fixtures/start-kernel.ts';
import {
  createSpeaker,
  cachePlugin,
  userOf,
  say,
  generationOf,
  uses,
  boom,
  base,
  list,
} from '../fixtures/swappable.ts';

describe('what is applied', () => {
  it('gives a plugin with new settings a new generation and leaves the others alone', async () => {
    const events: string[] = [];
    const a = createSpeaker('a', events);
    const b = createSpeaker('b', events);
    const { kernel } = await startTestKernel([a, b]);
    const applied = await kernel.apply(uses({ plugin: a, config: { word: 'two' } }, b));
    await kernel.drained();
    expect(applied.changes).toMatchObject([{ pluginId: 'a', action: 'replace', reason: 'settings changed: word' }]);
    expect(applied.plugins).toEqual([{ id: 'a', state: 'ready', generation: 2 }]);
    expect(events).toEqual(['start a one', 'start b one', 'start a two', 'stop a one']);
    expect([generationOf(kernel, 'a'), generationOf(kernel, 'b')]).toEqual([2, 1]);
    await expect(say(kernel)).resolves.toBe('hi a:two b:one');
  });

  it('does nothing where nothing has changed, however it is written', async () => {
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([{ plugin: a, config: { word: 'one' } }]);
    const applied = await kernel.apply(uses(a));
    expect(applied.changes).toEqual([]);
    expect(generationOf(kernel, 'a')).toBe(1);
  });

  it('adds and removes plugins with all that they registered', async () => {
    const a = createSpeaker('a');
    const b = createSpeaker('b');
    const { kernel } = await startTestKernel([a]);
    await kernel.apply(uses(b, a));
    await expect(say(kernel)).resolves.toBe('hi b:one a:one');
    expect(kernel.contracts().map(({ pluginId }) => pluginId)).toEqual(['b', 'a']);
    await kernel.apply(uses(b));
    await kernel.drained();
    await expect(say(kernel)).resolves.toBe('hi b:one');
    expect(kernel.graph().plugins.map(({ id }) => id)).toEqual(['b']);
  });

  it('says which version takes the place of which', async () => {
    const { kernel } = await startTestKernel([createSpeaker('a')]);
    const { changes } = await kernel.apply(uses(createSpeaker('a', [], { version: '1.1.0' })));
    expect(changes).toMatchObject([{ reason: 'version 1.0.0 to 1.1.0', fromVersion: '1.0.0', toVersion: '1.1.0' }]);
  });

  it('never shows the routes and taps of two generations, nor of none', async () => {
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([a]);
    const seen = new Set<number>();
    kernel.onChange(() => seen.add(kernel.contracts().length));
    await kernel.apply(uses({ plugin: a, config: { word: 'two' } }));
    expect([...seen]).toEqual([1]);
  });

  it('takes turns', async () => {
    const events: string[] = [];
    const a = createSpeaker('a', events);
    const { kernel } = await startTestKernel([a]);
    await Promise.all(['two', 'three'].map((word) => kernel.apply(uses({ plugin: a, config: { word } }))));
    await expect(say(kernel)).resolves.toBe('hi a:three');
    expect(generationOf(kernel, 'a')).toBe(3);
  });

  it('tells kernel.ready to the new ones alone, and config.changed to all', async () => {
    const told: string[] = [];
    const listener = (id: string) =>
      definePlugin({
        ...base,
        id,
        hooks: [kernelReady, configChanged],
        setup(ctx) {
          ctx.on(kernelReady, () => void told.push(`${id} ready`));
          ctx.on(configChanged, ({ plugins }) => void told.push(`${id} hears of ${plugins.join()}`));
        },
      });
    const [a, b] = [listener('a'), listener('b')];
    const { kernel } = await startTestKernel([a]);
    told.length = 0;
    await kernel.apply(uses(a, b));
    expect(told).toEqual(['b ready', 'a hears of b', 'b hears of b']);
  });

  it('is refused as a whole when the composition has problems', async () => {
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([a]);
    await expect(kernel.apply(uses(a, userOf()))).rejects.toMatchObject({ code: 'KERNEL_INVALID' });
    expect(kernel.composition()).toEqual(uses(a));
  });

  it('is refused once the kernel has stopped', async () => {
    const { kernel } = await startTestKernel([]);
    await kernel.stop();
    await expect(kernel.apply(uses())).rejects.toMatchObject({ code: 'KERNEL_STOPPED' });
  });
});

describe('who follows a plugin that is replaced', () => {
  it('is who was given something of it, started on what takes its place', async () => {
    const events: string[] = [];
    const redis = cachePlugin(events);
    const notes = userOf(events);
    const { kernel } = await startTestKernel([notes, redis]);
    events.length = 0;
    const { changes } = await kernel.apply(uses(notes, { plugin: redis, config: { size: 2 } }));
    await kernel.drained();
    expect(changes.map(({ pluginId, reason }) => [pluginId, reason])).toEqual([
      ['notes', 'its cache is replaced'],
      ['redis', 'settings changed: size'],
    ]);
    expect(events).toEqual(['start redis 2', 'start notes on 2', 'stop notes on 1', 'stop redis 1']);
  });

  it('is not who uses it live', async () => {
    const provider = definePlugin({
      ...base,
      id: 'demo',
      config: z.object({ n: z.number().default(1) }).prefault({}),
      provides: [modelProvider],
      setup: (ctx) => ctx.provide(modelProvider, { n: ctx.config.n } as unknown as ModelProvider, { title: 'Demo' }),
    });
    let numberNow = () => 0;
    const chat = definePlugin({
      ...base,
      id: 'chat',
      requires: { models: live(modelProvider) },
      setup(_ctx, { models }) {
        numberNow = () => {
          using lease = models.lease('demo');
          return (lease.value as unknown as { n: number }).n;
        };
      },
    });
    const { kernel } = await startTestKernel([chat, provider]);
    await kernel.apply(uses(chat, { plugin: provider, config: { n: 2 } }));
    expect(numberNow()).toBe(2);
    expect(generationOf(kernel, 'chat')).toBe(1);
  });

  it('is who could do without it, when it comes and when it goes', async () => {
    const seen: unknown[] = [];
    const reader = definePlugin({
      ...base,
      id: 'reader',
      requires: { cache: optional(cache) },
      setup: (_ctx, deps) => void seen.push(deps.cache !== undefined),
    });
    const redis = cachePlugin();
    const { kernel } = await startTestKernel([reader]);
    await kernel.apply(uses(reader, redis));
    await kernel.apply(uses(reader));
    expect(seen).toEqual([false, true, false]);
  });

  it('is who another binding gives another provider', async () => {
    const events: string[] = [];
    const redis = cachePlugin(events);
    const plugins = [
      { plugin: redis, id: 'small', config: { size: 1 } },
      { plugin: redis, id: 'big', config: { size: 9 } },
      { plugin: userOf(events) },
    ];
    const { kernel } = await startTestKernel(plugins, { bindings: { cache: 'small' } });
    events.length = 0;
    const { changes } = await kernel.apply({ plugins, bindings: { cache: 'big' } });
    await kernel.drained();
    expect(changes).toMatchObject([{ pluginId: 'notes', reason: 'its cache comes from big' }]);
    expect(events).toEqual(['start notes on 9', 'stop notes on 1']);
  });

  it('starts when what it lacked comes', async () => {
    const broken = cachePlugin([], { setup: boom });
    const { kernel } = await startTestKernel([userOf(), broken]);
    expect(stateOf(kernel, 'notes')?.state).toBe('waiting');
    await kernel.apply(uses(userOf(), cachePlugin()));
    expect(stateOf(kernel, 'notes')?.state).toBe('ready');
  });
});

describe('a new generation that does not start', () => {
  it('leaves everything as it was, and says which and why', async () => {
    const events: string[] = [];
    const a = createSpeaker('a', events);
    const { kernel } = await startTestKernel([a]);
    const broken = createSpeaker('b', events, { setup: boom });
    const failing = kernel.apply(uses({ plugin: a, config: { word: 'two' } }, broken));
    await expect(failing).rejects.toMatchObject({
      code: 'KERNEL_APPLY_FAILED',
      message: 'Plugin b did not start, so everything stays as it was: boom',
    });
    expect(events).toEqual(['start a one', 'start a two', 'stop a two']);
    expect(generationOf(kernel, 'a')).toBe(1);
    await expect(say(kernel)).resolves.toBe('hi a:one');
    expect(kernel.composition()).toEqual(uses(a));
  });

  it('is one that would wait for what is no longer provided', async () => {
    const redis = cachePlugin();
    const notes = userOf();
    const { kernel } = await startTestKernel([redis, notes]);
    const empty = cachePlugin([], { setup: () => {} });
    await expect(kernel.apply(uses(empty, notes))).rejects.toThrow(
      /Plugin notes did not start.*waits for cache: redis is .*/,
    );
    expect(stateOf(kernel, 'notes')?.state).toBe('ready');
  });

  it('is one whose routes clash', async () => {
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([a]);
    const thief = definePlugin({
      ...base,
      id: 'thief',
      setup: (ctx) => ctx.routes(defineContract('a', '1.0.0', { list }), { list: () => 'stolen' }),
    });
    const failing = kernel.apply(uses(a, { plugin: thief, firstParty: true }));
    await expect(failing).rejects.toThrow(/plugin a already serves GET \/api\/x\/a\/list/);
    expect(kernel.contracts().map(({ pluginId }) => pluginId)).toEqual(['a']);
  });

  it('may be one that only tried again since what it lacked came', async () => {
    const redis = cachePlugin([], { setup: boom });
    const stubborn = userOf([], { setup: boom });
    const { kernel } = await startTestKernel([redis, stubborn]);
    const { plugins } = await kernel.apply(uses(cachePlugin(), stubborn));
    expect(plugins).toMatchObject([
      { id: 'redis', state: 'ready' },
      { id: 'notes', state: 'failed', reason: 'boom' },
    ]);
  });
});

describe('a reset', () => {
  it('starts a failed plugin again, and who waited for it', async () => {
    let isBroken = true;
    const redis = cachePlugin();
    const moody = { ...redis, setup: (...args: [never, never]) => (isBroken ? boom() : redis.setup(...args)) };
    const { kernel } = await startTestKernel([moody, userOf()]);
    await expect(kernel.reset('redis')).rejects.toMatchObject({ code: 'KERNEL_APPLY_FAILED' });
    isBroken = false;
    await kernel.reset('redis');
    expect(stateOf(kernel, 'redis')?.state).toBe('ready');
    expect(stateOf(kernel, 'notes')?.state).toBe('ready');
  });

  it('knows its plugins', async () => {
    const { kernel } = await startTestKernel([createSpeaker('a')]);
    await expect(kernel.reset('b')).rejects.toThrow('There is no plugin b; the plugins are: a');
  });
});
