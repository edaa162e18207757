import { describe, expect, it } from '@jest/globals';
import { cache, defineEntity, defineHook, kernelDraining, live, modelProvider, optional } from '@parley/contracts';
import type { Cache, Principal } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from './define-plugin.ts';
import type { AnyPlugin } from './define-plugin.ts';

const base = { id: 'notes', version: '1.0.0', kernel: '^1.0.0' } as const;
const admit = defineHook({ id: 'admit', kind: 'gate', summary: 's', input: z.string(), onError: 'fail', timeoutMs: 1 });
const Note = defineEntity({ name: 'note', schema: z.object({ text: z.string() }), version: 1, scope: 'user' });

/** Whether a definition can be held as any plugin; what it must not do, the type check finds. */
const compiles = (plugin: AnyPlugin) => expect(plugin).toHaveProperty('setup', expect.any(Function));

describe('defining a plugin', () => {
  it('needs nothing but id, version, kernel and setup', () => {
    compiles(definePlugin({ ...base, setup() {} }));
    // @ts-expect-error setup is missing
    expect(definePlugin({ ...base }).id).toBe('notes');
  });

  it('gives the settings their type', () => {
    const config = z.object({ maxNotes: z.number().default(3) });
    compiles(definePlugin({ ...base, config, setup: (ctx) => void ctx.config.maxNotes.toFixed() }));
    // @ts-expect-error there is no such setting
    compiles(definePlugin({ ...base, config, setup: (ctx) => void ctx.config.maxNote }));
  });

  it('gives each dependency the type of its need', () => {
    const requires = { cache, maybe: optional(cache), models: live(modelProvider) };
    compiles(
      definePlugin({
        ...base,
        requires,
        setup(_ctx, { cache, maybe, models }) {
          void cache.get('a');
          void maybe?.get('a');
          void models.lease('openai').value.listModels;
          // @ts-expect-error an optional one may be missing
          void maybe.get('a');
          // @ts-expect-error a live one is leased
          void models.listModels;
        },
      }),
    );
    // @ts-expect-error only what is required comes
    compiles(definePlugin({ ...base, requires, setup: (_ctx, { bus }) => void bus }));
  });

  it('gives taps, stores and implementations the types of what they are for', () => {
    compiles(
      definePlugin({
        ...base,
        hooks: [admit],
        setup(ctx) {
          const check = (owner: Principal, implementation: Cache) => {
            ctx.on(admit, () => ({ allow: true }));
            ctx.provide(cache, implementation, { title: 'Memory' });
            void ctx.store(Note, owner).insert({ text: 'x' });
            // @ts-expect-error a gate must return a verdict
            ctx.on(admit, () => undefined);
            // @ts-expect-error the hook is not declared
            ctx.on(kernelDraining, () => {});
            // @ts-expect-error the descriptor has a title
            ctx.provide(cache, implementation, {});
            // @ts-expect-error this is no cache
            ctx.provide(cache, { get: 7 }, { title: 'Memory' });
            // @ts-expect-error a store is bound to a principal
            void ctx.store(Note);
            // @ts-expect-error a record comes later: await it
            void ctx.store(Note, owner).find('id')?.text;
            // @ts-expect-error a note has a text
            void ctx.store(Note, owner).insert({ title: 'x' });
          };
          void check;
        },
      }),
    );
  });
});
