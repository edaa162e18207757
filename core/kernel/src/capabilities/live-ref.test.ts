import { describe, expect, it } from '@jest/globals';
import { live, modelProvider } from '@parley/contracts';
import type { LiveRef, ModelProvider } from '@parley/contracts';
import { definePlugin } from '../define-plugin.ts';
import { testCall } from '../fixtures/calls.ts';
import { startTestKernel } from '../fixtures/start-kernel.ts';
import type { PluginContext } from '../plugin-context.ts';

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;
type Models = LiveRef<ModelProvider, { title: string; demo: boolean }>;

/** Two providers of models, and a plugin that follows them. */
async function startModels() {
  const named = (name: string) => ({ listModels: () => [name] }) as unknown as ModelProvider;
  const implementations = { demo: named('demo'), openai: named('openai') };
  const contexts: PluginContext<undefined>[] = [];
  const provider = (id: keyof typeof implementations) =>
    definePlugin({
      ...base,
      id,
      provides: [modelProvider],
      setup(ctx) {
        contexts.push(ctx);
        ctx.provide(modelProvider, implementations[id], { title: id });
      },
    });
  let follower: { ctx: PluginContext<undefined>; models: Models } | undefined;
  const chat = definePlugin({
    ...base,
    id: 'chat',
    requires: { models: live(modelProvider) },
    setup: (ctx, { models }) => void (follower = { ctx, models }),
  });
  const { kernel, lines } = await startTestKernel([provider('demo'), provider('openai'), chat]);
  if (follower === undefined) throw new Error('chat was not set up');
  const leasesOf = (id: string) => kernel.graph().plugins.find((plugin) => plugin.id === id)?.provides[0]?.leases;
  return { kernel, lines, contexts, ...follower, leasesOf };
}

describe('a live capability', () => {
  it('lists keys and descriptors of what is ready', async () => {
    const { models } = await startModels();
    expect(models.keys()).toEqual(['demo', 'openai']);
    expect(models.descriptors().get('openai')).toEqual({ title: 'openai', demo: false });
  });

  it('leases the implementation under a key', async () => {
    const { models } = await startModels();
    using lease = models.lease('openai');
    expect(lease.key).toBe('openai');
    expect(lease.value.listModels(testCall.signal)).toEqual(['openai']);
  });

  it('counts leases until they are disposed, each once', async () => {
    const { models, leasesOf } = await startModels();
    const lease = models.lease('openai');
    expect([leasesOf('openai'), leasesOf('demo')]).toEqual([1, 0]);
    lease[Symbol.dispose]();
    lease[Symbol.dispose]();
    expect(leasesOf('openai')).toBe(0);
  });

  it.each([['nothing'], [undefined]])('names the keys there are when asked for %s', async (key) => {
    const { models } = await startModels();
    expect(() => models.lease(key)).toThrow(
      expect.objectContaining({
        code: 'KERNEL_CAPABILITY_NOT_FOUND',
        message: expect.stringContaining('the keys are: demo, openai'),
      }),
    );
  });

  it('tells when an implementation comes, until its undo is called', async () => {
    const { models, contexts } = await startModels();
    let changes = 0;
    const undo = models.onChange(() => void (changes += 1));
    contexts[0]?.provide(modelProvider, {} as ModelProvider, { title: 'More' }, 'more');
    expect([changes, models.keys()]).toEqual([1, ['demo', 'more', 'openai']]);
    undo();
    contexts[0]?.provide(modelProvider, {} as ModelProvider, { title: 'Most' }, 'most');
    expect(changes).toBe(1);
  });

  it('does not let a listener that throws disturb the provider', async () => {
    const { models, contexts, lines } = await startModels();
    models.onChange(() => {
      throw new Error('boom');
    });
    contexts[0]?.provide(modelProvider, {} as ModelProvider, { title: 'More' }, 'more');
    expect(models.keys()).toContain('more');
    expect(lines.at(-1)).toMatchObject({ pluginId: 'chat', message: 'A listener of model-provider failed' });
  });

  it('can not be used once the plugin has stopped', async () => {
    const { kernel, models } = await startModels();
    await kernel.stop();
    expect(() => models.lease('demo')).toThrow(expect.objectContaining({ code: 'KERNEL_PLUGIN_DISPOSED' }));
  });
});

describe('the leases of a plugin', () => {
  it('end with it, those of its pins too', async () => {
    const demo = definePlugin({
      ...base,
      id: 'demo',
      provides: [modelProvider],
      setup: (ctx) => ctx.provide(modelProvider, {} as ModelProvider, { title: 'Demo' }),
    });
    const broken = definePlugin({
      ...base,
      id: 'broken',
      requires: { models: live(modelProvider) },
      setup(ctx, { models }) {
        models.lease('demo');
        ctx.pin().live(modelProvider).lease('demo');
        throw new Error('boom');
      },
    });
    const { kernel } = await startTestKernel([demo, broken]);
    expect(kernel.graph().plugins[0]?.provides[0]?.leases).toBe(0);
  });
});

describe('a pin', () => {
  it('keeps the implementations it was taken with', async () => {
    const { ctx, models, contexts } = await startModels();
    using pin = ctx.pin();
    contexts[0]?.provide(modelProvider, {} as ModelProvider, { title: 'More' }, 'more');
    expect(pin.live(modelProvider).keys()).toEqual(['demo', 'openai']);
    expect(models.keys()).toHaveLength(3);
  });

  it('gives back its leases when it is disposed', async () => {
    const { ctx, leasesOf } = await startModels();
    const pin = ctx.pin();
    pin.live(modelProvider).lease('demo');
    pin.live(modelProvider).lease('demo');
    expect(leasesOf('demo')).toBe(2);
    pin[Symbol.dispose]();
    expect(leasesOf('demo')).toBe(0);
  });

  it('can not be used after it was disposed', async () => {
    const { ctx } = await startModels();
    const pin = ctx.pin();
    const pinned = pin.live(modelProvider);
    pin[Symbol.dispose]();
    expect(() => pinned.lease('demo')).toThrow(expect.objectContaining({ code: 'KERNEL_PIN_ENDED' }));
  });
});
