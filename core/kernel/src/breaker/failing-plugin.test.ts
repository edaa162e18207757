import { describe, expect, it } from '@jest/globals';
import { AppError, cache, defineHook, optional } from '@parley/contracts';
import type { Cache, HookKind } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import type { AnyPlugin } from '../define-plugin.ts';
import { createTestClock } from '../fixtures/clock.ts';
import { startTestKernel, stateOf } from '../fixtures/start-kernel.ts';
import type { KernelOptions } from '../kernel-api.ts';

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;

const define = <const K extends HookKind>(kind: K, onError: 'skip' | 'fail') =>
  defineHook({
    id: `test.${kind}`,
    kind,
    summary: 's',
    input: z.string(),
    output: z.string(),
    onError,
    timeoutMs: kind === 'stream' ? 0 : 1_000,
  });

/** A plugin `lab` that fails as long as it is told to, with a clock that stands still. */
async function startLab(
  make: (mayFail: () => void) => AnyPlugin,
  more: readonly AnyPlugin[] = [],
  options: Partial<KernelOptions> = {},
) {
  let isBroken = true;
  let asked = 0;
  const mayFail = () => {
    asked += 1;
    if (isBroken) throw new Error('boom');
  };
  const clock = createTestClock();
  const { kernel, lines } = await startTestKernel([make(mayFail), ...more], { clock, ...options });
  const node = () => kernel.graph().plugins.find(({ id }) => id === 'lab');
  return {
    kernel,
    lines: () => lines.filter(({ pluginId }) => pluginId === 'lab').map(({ message }) => message),
    clock,
    node,
    asked: () => asked,
    repair: () => {
      isBroken = false;
    },
    breakAgain: () => {
      isBroken = true;
    },
    state: (id = 'lab') => stateOf(kernel, id),
  };
}

const times = async (count: number, work: () => Promise<unknown>) => {
  for (let time = 0; time < count; time += 1) await work().catch(() => {});
};

describe('a tap that keeps failing', () => {
  const context = define('waterfall', 'skip');
  const tapping = (mayFail: () => void) =>
    definePlugin({
      ...base,
      id: 'lab',
      hooks: [context],
      setup: (ctx) =>
        ctx.on(context, (value) => {
          mayFail();
          return `${value}!`;
        }),
    });
  const start = async () => {
    const lab = await startLab(tapping);
    return { ...lab, run: () => lab.kernel.hook(context).run('x', lab.kernel.call()) };
  };

  it('is bypassed under skip, and its plugin is degraded with the reason', async () => {
    const { run, asked, state } = await start();
    await times(9, run);
    expect(await run()).toBe('x');
    expect(asked()).toBe(5);
    expect(state()).toEqual({ state: 'degraded', reason: '5 failures within 60 s in hook test.waterfall' });
  });

  it('is asked again after half a minute, and all is well when it answers', async () => {
    const { run, clock, repair, state, node } = await start();
    await times(5, run);
    repair();
    clock.advance(30_000);
    expect(await run()).toBe('x!');
    expect(state()).toEqual({ state: 'ready', reason: undefined });
    expect(node()?.breakers).toEqual([
      { hook: 'test.waterfall', state: 'closed', trips: 1, reason: expect.any(String), sinceMs: 0 },
    ]);
  });

  it('is told of once when calls stop, and once when they go on', async () => {
    const { run, clock, repair, lines } = await start();
    await times(20, run);
    repair();
    clock.advance(30_000);
    await run();
    expect(lines().filter((message) => message.startsWith('Calls'))).toEqual([
      'Calls stop for now: 5 failures within 60 s in hook test.waterfall',
      'Calls go on: hook test.waterfall works again',
    ]);
  });

  it('is shown with its last error', async () => {
    const { run, node, kernel } = await start();
    await run();
    expect(node()?.lastError).toEqual({ message: 'boom', atMs: expect.any(Number) });
    expect(kernel.graph().hooks.find(({ id }) => id === context.id)?.taps[0]).toMatchObject({ calls: 1, errors: 1 });
  });
});

describe('where a breaker is open', () => {
  it('a hook that must not fail ends at once, naming it', async () => {
    const hook = define('series', 'fail');
    const { kernel } = await startLab((mayFail) =>
      definePlugin({ ...base, id: 'lab', hooks: [hook], setup: (ctx) => ctx.on(hook, mayFail) }),
    );
    const run = () => kernel.hook(hook).run('x', kernel.call());
    await times(5, run);
    await expect(run()).rejects.toMatchObject({
      code: 'KERNEL_BREAKER_OPEN',
      message: expect.stringContaining('Plugin lab is not called for now: 5 failures within 60 s in hook test.series'),
    });
  });

  it('a gate stays closed without asking', async () => {
    const hook = define('gate', 'fail');
    const { kernel, asked } = await startLab((mayFail) =>
      definePlugin({
        ...base,
        id: 'lab',
        hooks: [hook],
        setup: (ctx) =>
          ctx.on(hook, () => {
            mayFail();
            return { allow: true };
          }),
      }),
    );
    const run = () => kernel.hook(hook).run('x', kernel.call());
    await times(5, run);
    expect(await run()).toMatchObject({ allow: false, code: 'KERNEL_GATE_FAILED' });
    expect(asked()).toBe(5);
  });

  it('a call goes on without the tap around it', async () => {
    const hook = define('around', 'skip');
    const { kernel, asked } = await startLab((mayFail) =>
      definePlugin({
        ...base,
        id: 'lab',
        hooks: [hook],
        setup: (ctx) =>
          ctx.on(hook, async (value, next) => {
            mayFail();
            return await next(value);
          }),
      }),
    );
    const run = () => kernel.hook(hook).run('x', async () => 'base', kernel.call());
    await times(7, run);
    expect(await run()).toBe('base');
    expect(asked()).toBe(5);
  });

  it('a stream goes on without the tap', async () => {
    const hook = define('stream', 'skip');
    const { kernel, asked } = await startLab((mayFail) =>
      definePlugin({ ...base, id: 'lab', hooks: [hook], setup: (ctx) => ctx.on(hook, () => ({ onPart: mayFail })) }),
    );
    const parts: string[] = [];
    for (let stream = 0; stream < 7; stream += 1) {
      const pipe = kernel.hook(hook).open('x', (part) => parts.push(part), kernel.call());
      pipe.push('a');
      pipe.end();
    }
    expect([asked(), parts.length]).toEqual([5, 7]);
  });
});

describe('a refusal', () => {
  it('is an answer: nobody can talk a plugin into quarantine', async () => {
    const hook = define('bail', 'fail');
    const { kernel, state } = await startLab(() =>
      definePlugin({
        ...base,
        id: 'lab',
        hooks: [hook],
        setup: (ctx) =>
          ctx.on(hook, () => Promise.reject(new AppError({ code: 'LAB_DENIED', status: 401, message: 'no' }))),
      }),
    );
    await times(50, () => kernel.hook(hook).run('x', kernel.call()));
    expect(state()?.state).toBe('ready');
  });
});

describe('a plugin that keeps failing', () => {
  const providing = (mayFail: () => void, more: object = {}) =>
    definePlugin({
      ...base,
      id: 'lab',
      provides: [cache],
      ...more,
      setup: (ctx) => {
        const get = async () => mayFail();
        ctx.provide(cache, { get } as unknown as Cache, { title: 'Lab' });
      },
    });
  const uses: { cache?: Cache | undefined } = {};
  const user = definePlugin({
    ...base,
    id: 'user',
    requires: { cache },
    setup: (_ctx, deps) => void (uses.cache = deps.cache),
  });
  const maybe = definePlugin({ ...base, id: 'maybe', requires: { cache: optional(cache) }, setup() {} });

  const start = async (more: object = {}, options: Partial<KernelOptions> = {}) => {
    const lab = await startLab((mayFail) => providing(mayFail, more), [user, maybe], options);
    const ask = () => (uses.cache as Cache).get('a');
    const trip = async () => {
      lab.breakAgain();
      await times(5, ask);
      lab.repair();
      lab.clock.advance(30_000);
      await ask();
    };
    /** Trips for the last time, and waits until that has had its effect. */
    const wearOut = async () => {
      await trip();
      await trip();
      lab.breakAgain();
      const changed = new Promise<void>((resolve) => {
        lab.kernel.onChange(() => {
          if (lab.state()?.state === 'quarantined') resolve();
        });
      });
      await times(5, ask);
      await changed;
    };
    return { ...lab, ask, trip, wearOut };
  };

  it('is not called in that capability, and shown so', async () => {
    const { ask, asked, node } = await start();
    await times(8, ask);
    await expect(ask()).rejects.toMatchObject({ code: 'KERNEL_BREAKER_OPEN' });
    expect(asked()).toBe(5);
    expect(node()).toMatchObject({
      state: 'degraded',
      breakers: [{ capability: 'cache', state: 'open', trips: 1 }],
      provides: [{ calls: 5, errors: 5, methods: { get: { calls: 5 } } }],
    });
  });

  it('is quarantined at its third trip within an hour; who needs it waits, who can do without goes on', async () => {
    const { wearOut, node, state } = await start();
    await wearOut();
    expect(node()).toMatchObject({
      state: 'quarantined',
      reason: 'it keeps failing: 5 failures within 60 s in capability cache, 3 times',
      quarantine: { reason: expect.any(String), atMs: expect.any(Number) },
    });
    expect(state('user')).toEqual({ state: 'waiting', reason: 'waits for cache: lab is quarantined' });
    expect(state('maybe')?.state).toBe('ready');
  });

  it('comes back when it is reset, and those who waited with it', async () => {
    const { wearOut, kernel, state, repair, ask } = await start();
    await wearOut();
    repair();
    await kernel.reset('lab');
    expect([state()?.state, state('user')?.state]).toEqual(['ready', 'ready']);
    await expect(ask()).resolves.toBeUndefined();
  });

  it('stays in quarantine when something else changes', async () => {
    const { wearOut, kernel, state } = await start();
    await wearOut();
    const { plugins } = kernel.composition();
    const other = definePlugin({ ...base, id: 'other', setup() {} });
    await kernel.apply({ plugins: [...plugins, { plugin: other }] });
    expect([state()?.state, state('other')?.state]).toEqual(['quarantined', 'ready']);
  });

  it('goes on when it is critical', async () => {
    const { trip, lines, state } = await start({ critical: true });
    for (let time = 0; time < 4; time += 1) await trip();
    expect(state()?.state).toBe('ready');
    expect(lines()).toContain('The plugin would be quarantined, but is critical and goes on');
  });

  it('is judged by numbers the host may give', async () => {
    const { ask, asked } = await start({}, { failurePolicy: { failures: 2 } });
    await times(5, ask);
    expect(asked()).toBe(2);
  });
});

describe('a plugin the host holds back', () => {
  it('does not start, says why, and starts when it is reset', async () => {
    const plugin = definePlugin({ ...base, id: 'lab', setup() {} });
    const { kernel } = await startTestKernel([plugin], { quarantined: { lab: 'it ended the process twice' } });
    expect(stateOf(kernel, 'lab')).toEqual({ state: 'quarantined', reason: 'it ended the process twice' });
    await kernel.reset('lab');
    expect(stateOf(kernel, 'lab')?.state).toBe('ready');
  });
});

describe('health', () => {
  it('names what a probe and a breaker say', async () => {
    const hook = define('waterfall', 'skip');
    const { kernel, state } = await startLab((mayFail) =>
      definePlugin({
        ...base,
        id: 'lab',
        hooks: [hook],
        setup(ctx) {
          ctx.on(hook, mayFail);
          ctx.health('db', async () => 'degraded');
        },
      }),
    );
    await kernel.probe(100);
    await times(5, () => kernel.hook(hook).run('x', kernel.call()));
    expect(state()?.reason).toBe('db is degraded; 5 failures within 60 s in hook test.waterfall');
  });
});
