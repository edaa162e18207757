import { describe, expect, it } from '@jest/globals';
import { cache, defineContract, defineEntity, defineHook, modelProvider, op } from '@parley/contracts';
import type { AnyOperation, Cache, ModelProvider } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { testCall, user } from '../fixtures/calls.ts';
import { createMemoryDriver, createMemoryPlugin } from '../fixtures/memory-driver.ts';
import { createTestKernel, startTestKernel, stateOf } from '../fixtures/start-kernel.ts';
import type { PluginContext } from '../plugin-context.ts';

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;
const Note = defineEntity({ name: 'note', schema: z.object({ text: z.string() }), version: 1, scope: 'user' });
const Other = defineEntity({ name: 'other', schema: z.object({}), version: 1, scope: 'user' });
const greet = defineHook({
  id: 'greet',
  kind: 'waterfall',
  summary: 'For tests.',
  input: z.string(),
  onError: 'fail',
  timeoutMs: 100,
});
const listNotes = op({
  method: 'GET',
  path: '/notes',
  access: 'user',
  input: z.object({}),
  output: z.array(z.string()),
});
const contract = defineContract('notes', '1.0.0', { list: listNotes });
const handlers = { list: () => [] };

/** Starts one plugin and gives its context. */
async function startWith(setup: (ctx: PluginContext<undefined>) => void = () => {}, more: object = {}) {
  let context: PluginContext<undefined> | undefined;
  const plugin = definePlugin({
    ...base,
    id: 'notes',
    ...more,
    setup(ctx) {
      context = ctx;
      setup(ctx);
    },
  });
  const memory = createMemoryDriver();
  const { kernel, lines } = await startTestKernel([plugin, createMemoryPlugin(memory.driver)]);
  if (context === undefined) throw new Error('The plugin was not set up');
  return { kernel, lines, ctx: context, ...memory };
}

const failureOf = async (setup: (ctx: PluginContext<undefined>) => void, more: object = {}) =>
  stateOf((await startWith(setup, more)).kernel, 'notes')?.reason;

describe('a plugin of four lines', () => {
  it('runs', async () => {
    const hello = definePlugin({
      id: 'hello',
      version: '1.0.0',
      kernel: '^1.0.0',
      hooks: [greet],
      setup: (ctx) => ctx.on(greet, (name) => `Hello ${name}`),
    });
    const { kernel } = await startTestKernel([hello]);
    await expect(kernel.hook(greet).run('you', kernel.call())).resolves.toBe('Hello you');
  });
});

describe('a hook that is not declared', () => {
  it('can not be tapped; the error says the line to add', async () => {
    const reason = await failureOf((ctx) => ctx.on(greet, () => {}));
    expect(reason).toBe('Plugin notes uses ctx.on(greet) without declaring it; add to its definition: hooks: [greet]');
  });

  it('can be run by its owner', async () => {
    const { ctx } = await startWith();
    await expect(ctx.hook(greet).run('you', ctx.call())).resolves.toBe('you');
  });
});

describe('after a plugin has stopped', () => {
  const uses: readonly (readonly [string, (ctx: PluginContext<undefined>) => unknown])[] = [
    ['ctx.config', (ctx) => ctx.config],
    ['ctx.clock', (ctx) => ctx.clock],
    ['ctx.dataDir', (ctx) => ctx.dataDir],
    ['ctx.system', (ctx) => ctx.system],
    ['ctx.fetch', (ctx) => ctx.fetch],
    ['ctx.key', (ctx) => ctx.key('cookies')],
    ['ctx.store', (ctx) => ctx.store(Note, user('ann'))],
    ['ctx.transaction', (ctx) => ctx.transaction(async () => {})],
    ['ctx.provide(cache)', (ctx) => ctx.provide(cache, {} as Cache, { title: 'x' })],
    ['ctx.on(greet)', (ctx) => ctx.on(greet, () => {})],
    ['ctx.hook(greet)', (ctx) => ctx.hook(greet)],
    ['ctx.pin', (ctx) => ctx.pin()],
    ['ctx.routes(notes)', (ctx) => ctx.routes(contract, handlers)],
    ['ctx.effect(timer)', (ctx) => ctx.effect(() => {}, 'timer')],
    ['ctx.health(db)', (ctx) => ctx.health('db', async () => 'ok')],
    ['ctx.call', (ctx) => ctx.call()],
  ];

  it.each(uses)('%s throws, naming plugin and member', async (member, use) => {
    const { kernel, ctx } = await startWith(() => {}, { entities: [Note] });
    await kernel.stop();
    expect(() => use(ctx)).toThrow(
      expect.objectContaining({
        code: 'KERNEL_PLUGIN_DISPOSED',
        message: expect.stringContaining(`Plugin notes has stopped: ${member}`),
      }),
    );
  });

  it('id, signal and log still tell what has happened', async () => {
    const { kernel, ctx, lines } = await startWith();
    await kernel.stop();
    ctx.log.info('late');
    expect([ctx.id, ctx.signal.aborted, lines.at(-1)?.message]).toEqual(['notes', true, 'late']);
  });

  it('a store it kept throws', async () => {
    const { kernel, ctx } = await startWith(() => {}, { entities: [Note] });
    const notes = ctx.store(Note, user('ann'));
    await kernel.stop();
    await expect(notes.insert({ text: 'late' })).rejects.toMatchObject({ code: 'KERNEL_PLUGIN_DISPOSED' });
  });

  it('its undos could still use its records, but register nothing', async () => {
    const results: unknown[] = [];
    const { kernel } = await startWith(
      (ctx) => {
        ctx.effect(
          () => async () => {
            results.push((await ctx.store(Note, user('ann')).insert({ text: 'parked' })).text);
            ctx.effect(() => {}, 'more');
          },
          'park',
        );
      },
      { entities: [Note] },
    );
    const leftovers = await kernel.stop();
    expect(results).toEqual(['parked']);
    expect(leftovers[0]).toMatch(/^notes: park: Plugin notes has stopped: ctx\.effect\(more\)/);
  });
});

describe('what is not declared', () => {
  it('can not be provided, and the message has the line to add', async () => {
    const reason = await failureOf((ctx) => ctx.provide(modelProvider, {} as ModelProvider, { title: 'x' }));
    expect(reason).toBe(
      'Plugin notes uses ctx.provide(model-provider) without declaring it; add to its definition: provides: [modelProvider]',
    );
  });

  it('can not be stored', async () => {
    const reason = await failureOf((ctx) => ctx.store(Other, user('ann')), { entities: [Note] });
    expect(reason).toBe(
      'Plugin notes uses the entity other without declaring it; add to its definition: entities: [other]',
    );
  });

  it('can not be stored in a plugin without entities either', async () => {
    expect(await failureOf((ctx) => ctx.store(Note, user('ann')))).toContain('entities: [note]');
  });

  it('can not be pinned', async () => {
    const reason = await failureOf((ctx) => ctx.pin().live(modelProvider), { requires: {} });
    expect(reason).toContain('requires: { modelProvider: live(modelProvider) }');
  });
});

describe('capabilities', () => {
  it('need a descriptor that fits', async () => {
    const bad = { title: 7 } as unknown as { title: string };
    const reason = await failureOf((ctx) => ctx.provide(cache, {} as Cache, bad), { provides: [cache] });
    expect(reason).toMatch(/^The descriptor that plugin notes gives for cache does not fit: title: /);
  });

  it('can not be provided twice under one key', async () => {
    const reason = await failureOf(
      (ctx) => {
        ctx.provide(modelProvider, {} as ModelProvider, { title: 'a' }, 'openai');
        ctx.provide(modelProvider, {} as ModelProvider, { title: 'b' }, 'openai');
      },
      { provides: [modelProvider] },
    );
    expect(reason).toBe('Plugin notes can not provide model-provider under openai: plugin notes already does');
  });

  it('are met by nobody before the setup of their plugin is through', async () => {
    const provided = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    const provider = definePlugin({
      ...base,
      id: 'demo',
      provides: [modelProvider],
      hooks: [greet],
      async setup(ctx) {
        ctx.provide(modelProvider, {} as ModelProvider, { title: 'Demo' });
        ctx.on(greet, () => 'half a plugin');
        provided.resolve();
        await looked.promise;
      },
    });
    const { kernel } = createTestKernel([provider]);
    const starting = kernel.start();
    await provided.promise;
    expect(kernel.graph().plugins[0]?.provides).toEqual([]);
    await expect(kernel.hook(greet).run('x', testCall)).resolves.toBe('x');
    looked.resolve();
    await starting;
    expect(kernel.graph().plugins[0]?.provides).toMatchObject([
      { capability: 'model-provider', key: 'demo', leases: 0 },
    ]);
    await expect(kernel.hook(greet).run('x', testCall)).resolves.toBe('half a plugin');
  });
});

describe('records', () => {
  it('are prepared before the setup runs, under the id of the plugin', async () => {
    const order: string[] = [];
    const memory = createMemoryDriver();
    const plugin = definePlugin({
      ...base,
      id: 'notes',
      entities: [Note],
      setup: () => void order.push(...memory.prepared.map(({ name }) => name)),
    });
    await startTestKernel([{ plugin, id: 'my-notes' }, createMemoryPlugin(memory.driver)]);
    expect(order).toEqual(['my-notes.note', 'kernel.collection']);
  });

  it('written in one transaction stay or go together', async () => {
    const { ctx, records } = await startWith(() => {}, { entities: [Note] });
    const failing = ctx.transaction(async (tx) => {
      await tx.store(Note, user('ann')).insert({ text: 'a' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const notes = () => [...records.keys()].filter((key) => key.startsWith('notes.note/'));
    expect(notes()).toHaveLength(0);
    await ctx.transaction(async (tx) => void (await tx.store(Note, user('ann')).insert({ text: 'a' })));
    expect(notes()).toHaveLength(1);
  });

  it('can not be reached through a transaction that is over', async () => {
    const { ctx } = await startWith(() => {}, { entities: [Note] });
    const kept = await ctx.transaction(async (tx) => tx.store(Note, user('ann')));
    await expect(kept.insert({ text: 'late' })).rejects.toMatchObject({ code: 'KERNEL_TRANSACTION_OVER' });
  });
});

describe('routes', () => {
  const withOperation = (changes: Partial<AnyOperation>) =>
    defineContract('notes', '1.0.0', { list: { ...listNotes, ...changes } });

  it('are served with plugin, generation and trust once the plugin is up', async () => {
    const { kernel } = await startWith((ctx) => ctx.routes(contract, handlers));
    expect(kernel.contracts()).toMatchObject([{ pluginId: 'notes', generation: 1, firstParty: false, contract }]);
    expect(kernel.graph().plugins[0]?.routes).toEqual(['GET /api/x/notes/notes']);
  });

  it('are gone as soon as the plugin begins to stop', async () => {
    const served: number[] = [];
    const { kernel } = await startWith((ctx) => {
      ctx.routes(contract, handlers);
      ctx.effect(() => () => void served.push(kernel.contracts().length), 'timer');
    });
    await kernel.stop();
    expect(served).toEqual([0]);
  });

  it('are gone when the plugin is', async () => {
    const { kernel } = await startWith((ctx) => ctx.routes(contract, handlers));
    await kernel.stop();
    expect(kernel.contracts()).toEqual([]);
  });

  it.each([
    ['without access', { access: undefined as unknown as 'user' }, /notes\.list: it declares no access; add access:/],
    [
      'with a permission nobody declares',
      { access: { permission: 'notes.read' } },
      /no plugin declares the permission notes\.read/,
    ],
    [
      'below /api of a plugin that is not first-party',
      { path: '/api/notes' },
      /only first-party plugins may serve \/api\/notes/,
    ],
    ['with a path that is none', { path: 'notes' }, /does not start with a slash/],
  ])('%s do not boot', async (_case, changes, message) => {
    expect(await failureOf((ctx) => ctx.routes(withOperation(changes), handlers))).toMatch(message);
  });

  it('without a handler do not boot', async () => {
    const none = {} as unknown as typeof handlers;
    expect(await failureOf((ctx) => ctx.routes(contract, none))).toContain('notes.list: it has no handler');
  });

  it('under the id of another plugin do not boot', async () => {
    const foreign = defineContract('chat', '1.0.0', { list: listNotes });
    expect(await failureOf((ctx) => ctx.routes(foreign, handlers))).toContain('change chat to notes');
  });

  it('of two plugins may not be the same', async () => {
    const plugin = definePlugin({ ...base, id: 'notes', setup: (ctx) => ctx.routes(contract, handlers) });
    const { kernel } = await startTestKernel([plugin, { plugin, id: 'more-notes' }]);
    expect(stateOf(kernel, 'more-notes')?.reason).toContain('plugin notes already serves GET /api/x/notes/notes');
  });

  it('may use a permission that a plugin declares', async () => {
    const guarded = withOperation({ access: { permission: 'notes.read' } });
    const more = { permissions: { declares: ['notes.read'] } };
    const { kernel } = await startWith((ctx) => ctx.routes(guarded, handlers), more);
    expect(stateOf(kernel, 'notes')?.state).toBe('ready');
    expect(kernel.permissions()).toEqual(['notes.read']);
  });
});

describe('calls', () => {
  it('come from the plugin itself where nobody else is named', async () => {
    const { ctx } = await startWith();
    const call = ctx.call();
    expect(call).toMatchObject({ principal: { kind: 'system', id: 'notes' }, locale: 'en' });
    expect(call.signal).toBe(ctx.signal);
  });

  it('carry the principal and signal given, and an id of their own', async () => {
    const { ctx } = await startWith();
    const { signal } = testCall;
    const ann = user('ann');
    const [first, second] = [ctx.call(ann, signal), ctx.call(ann, signal)];
    expect([first.principal, first.signal]).toEqual([ann, signal]);
    expect(first.requestId).not.toBe(second.requestId);
  });
});

describe('effects', () => {
  it('must give their undo at once', async () => {
    const start = (async () => () => {}) as unknown as () => void;
    expect(await failureOf((ctx) => ctx.effect(start, 'poll'))).toContain(
      'ctx.effect(poll) must return its undo at once',
    );
  });

  it('and everything else a plugin registers are listed in order', async () => {
    const { kernel } = await startWith(
      (ctx) => {
        ctx.provide(cache, {} as Cache, { title: 'x' });
        ctx.on(greet, () => {});
        ctx.routes(contract, handlers);
        ctx.effect(() => {}, 'timer');
        ctx.health('db', async () => 'ok');
      },
      { provides: [cache], hooks: [greet] },
    );
    expect(kernel.graph().plugins[0]?.effects).toEqual([
      'provide cache (notes)',
      'tap greet',
      'routes notes@1.0.0',
      'timer',
      'health db',
    ]);
  });
});
