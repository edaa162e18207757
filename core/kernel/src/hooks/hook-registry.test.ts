import { describe, expect, it } from '@jest/globals';
import { AppError, defineHook, isAppError } from '@parley/contracts';
import type { AnyHook, HookKind } from '@parley/contracts';
import * as z from 'zod';
import { testCall } from '../fixtures/calls.ts';
import type { HookExecutor } from './hook-executor.ts';
import { createHookRegistry } from './hook-registry.ts';
import { loopExecutor } from './loop-executor.ts';
import { createTap } from './registered-tap.ts';
import type { TapFailure, TapFunction } from './registered-tap.ts';
import { tapableExecutor } from './tapable-executor.ts';

const text = z.string();
const define = <const K extends HookKind>(kind: K, onError: 'skip' | 'fail' = 'fail', timeoutMs = 1_000) =>
  defineHook({ id: `test.${kind}`, kind, summary: 'For tests.', input: text, output: text, onError, timeoutMs });

const never = () => new Promise<never>(() => {});
const boom = () => {
  throw new Error('boom');
};

function createTest(executor: HookExecutor) {
  const failures: TapFailure[] = [];
  const registry = createHookRegistry({ executor, report: (failure) => failures.push(failure) });
  let position = 0;
  const tap = (hook: AnyHook, pluginId: string, run: TapFunction, order = {}) => {
    position += 1;
    return registry.tap(hook, createTap({ pluginId, names: [pluginId], position }, run, order));
  };
  return { registry, tap, failures };
}

describe.each([
  ['tapable', tapableExecutor],
  ['loops', loopExecutor],
])('hooks run by %s', (_name, executor) => {
  describe('series', () => {
    const hook = define('series');

    it('runs the taps one after the other', async () => {
      const { registry, tap } = createTest(executor);
      const seen: string[] = [];
      tap(hook, 'slow', async () => {
        await Promise.resolve();
        seen.push('slow');
      });
      tap(hook, 'fast', () => void seen.push('fast'));
      await registry.hook(hook).run('x', testCall);
      expect(seen).toEqual(['slow', 'fast']);
    });

    it('does nothing without taps', async () => {
      const { registry } = createTest(executor);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBeUndefined();
    });

    it('ends with the error of a tap that is not an application error, without its words', async () => {
      const { registry, tap } = createTest(executor);
      tap(hook, 'broken', boom);
      const error: unknown = await registry
        .hook(hook)
        .run('x', testCall)
        .catch((reason: unknown) => reason);
      expect(isAppError(error, 'KERNEL_HOOK_FAILED')).toBe(true);
      expect(String(error)).toContain('Plugin broken failed in hook test.series');
      expect(String(error)).not.toContain('boom');
    });

    it('ends with the application error of a tap as it is', async () => {
      const { registry, tap } = createTest(executor);
      const own = new AppError({ code: 'NOTES_FULL', status: 409, message: 'full' });
      tap(hook, 'notes', () => Promise.reject(own));
      await expect(registry.hook(hook).run('x', testCall)).rejects.toBe(own);
    });
  });

  describe('waterfall', () => {
    const hook = define('waterfall', 'skip');

    it('gives each tap what the one before returned', async () => {
      const { registry, tap } = createTest(executor);
      tap(hook, 'a', (value: string) => `${value}a`);
      tap(hook, 'b', async (value: string) => `${value}b`);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xab');
    });

    it('keeps the value of a tap that returns nothing', async () => {
      const { registry, tap } = createTest(executor);
      tap(hook, 'a', (value: string) => `${value}a`);
      tap(hook, 'silent', () => undefined);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xa');
    });

    it('goes on with the last good value when a tap fails under skip, and tells of it', async () => {
      const { registry, tap, failures } = createTest(executor);
      tap(hook, 'a', (value: string) => `${value}a`);
      tap(hook, 'broken', boom);
      tap(hook, 'b', (value: string) => `${value}b`);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xab');
      expect(failures.map(({ pluginId }) => pluginId)).toEqual(['broken']);
    });

    it('gives the value back without taps', async () => {
      const { registry } = createTest(executor);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('x');
    });
  });

  describe('bail', () => {
    const hook = define('bail');

    it('gives the first answer and asks nobody after it', async () => {
      const { registry, tap } = createTest(executor);
      const asked: string[] = [];
      tap(hook, 'silent', () => void asked.push('silent'));
      tap(hook, 'first', async () => 'first');
      tap(hook, 'late', () => void asked.push('late'));
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('first');
      expect(asked).toEqual(['silent']);
    });

    it('gives undefined when nobody answers', async () => {
      const { registry, tap } = createTest(executor);
      tap(hook, 'silent', () => undefined);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBeUndefined();
    });
  });

  describe('parallel and notify', () => {
    it('parallel starts all taps at once and waits for all', async () => {
      const { registry, tap } = createTest(executor);
      const hook = define('parallel');
      const meet = Promise.withResolvers<void>();
      const seen: string[] = [];
      tap(hook, 'waits', async () => {
        await meet.promise;
        seen.push('waits');
      });
      tap(hook, 'opens', () => {
        seen.push('opens');
        meet.resolve();
      });
      await registry.hook(hook).run('x', testCall);
      expect(seen).toEqual(['opens', 'waits']);
    });

    it('notify never fails, even where its owner says fail', async () => {
      const { registry, tap, failures } = createTest(executor);
      const hook = define('notify', 'fail');
      tap(hook, 'broken', boom);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBeUndefined();
      expect(failures).toHaveLength(1);
    });
  });

  describe('collect', () => {
    it('gives the answers in the order of the taps', async () => {
      const { registry, tap } = createTest(executor);
      const hook = define('collect', 'skip');
      tap(hook, 'slow', async () => {
        await Promise.resolve();
        return 'slow';
      });
      tap(hook, 'silent', () => undefined);
      tap(hook, 'fast', () => 'fast');
      await expect(registry.hook(hook).run('x', testCall)).resolves.toEqual(['slow', 'fast']);
    });

    it('takes what arrived when the time is up', async () => {
      const { registry, tap, failures } = createTest(executor);
      const hook = define('collect', 'skip', 5);
      tap(hook, 'never', never);
      tap(hook, 'fast', () => 'fast');
      await expect(registry.hook(hook).run('x', testCall)).resolves.toEqual(['fast']);
      expect(isAppError(failures[0]?.error, 'KERNEL_HOOK_TIMEOUT')).toBe(true);
    });

    it('ends with the error of a tap where its owner says fail', async () => {
      const { registry, tap } = createTest(executor);
      const hook = define('collect', 'fail', 5);
      tap(hook, 'never', never);
      await expect(registry.hook(hook).run('x', testCall)).rejects.toMatchObject({ code: 'KERNEL_HOOK_TIMEOUT' });
    });
  });

  describe('gate', () => {
    const hook = define('gate');
    const deny = { allow: false, code: 'NO', message: 'no' } as const;

    it('allows when all allow', async () => {
      const { registry, tap } = createTest(executor);
      tap(hook, 'a', () => ({ allow: true }));
      tap(hook, 'b', async () => ({ allow: true }));
      await expect(registry.hook(hook).run('x', testCall)).resolves.toEqual({ allow: true });
    });

    it('denies when one denies, with its words', async () => {
      const { registry, tap } = createTest(executor);
      tap(hook, 'a', () => ({ allow: true }));
      tap(hook, 'b', () => deny);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toEqual(deny);
    });

    it.each([
      ['throws', boom],
      ['gives no verdict', () => undefined],
      ['gives something that is no verdict', () => ({ allow: 'yes' })],
      ['takes too long', never],
    ])('denies when a tap %s', async (_case, run) => {
      const { registry, tap } = createTest(executor);
      const quick = define('gate', 'skip', 5);
      tap(quick, 'broken', run);
      const verdict = await registry.hook(quick).run('x', testCall);
      expect(verdict).toMatchObject({ allow: false, code: 'KERNEL_GATE_FAILED' });
    });
  });

  it('names hook, plugin and time in the error of a tap that takes too long', async () => {
    const { registry, tap } = createTest(executor);
    const hook = define('series', 'fail', 5);
    tap(hook, 'slow', never);
    await expect(registry.hook(hook).run('x', testCall)).rejects.toThrow(
      /Plugin slow did not finish hook test\.series within 5 ms; \d+ ms have passed/,
    );
  });
});

describe('around', () => {
  const hook = define('around', 'fail');
  const skip = defineHook({ ...define('around', 'skip'), id: 'test.around-skip' });
  type Next = (value: string) => Promise<string>;
  const wrap = (name: string) => async (value: string, next: Next) => `${name}(${await next(`${value}${name}`)})`;
  const base = async (value: string) => `[${value}]`;

  it('puts the first tap outermost', async () => {
    const { registry, tap } = createTest(tapableExecutor);
    tap(hook, 'a', wrap('a'));
    tap(hook, 'b', wrap('b'));
    await expect(registry.hook(hook).run('x', base, testCall)).resolves.toBe('a(b([xab]))');
  });

  it('calls the base without taps', async () => {
    const { registry } = createTest(tapableExecutor);
    await expect(registry.hook(hook).run('x', base, testCall)).resolves.toBe('[x]');
  });

  it('lets a tap answer without the base', async () => {
    const { registry, tap } = createTest(tapableExecutor);
    tap(hook, 'cache', async () => 'kept');
    const unused = async () => boom();
    await expect(registry.hook(hook).run('x', unused, testCall)).resolves.toBe('kept');
  });

  it('lets a tap try again', async () => {
    const { registry, tap } = createTest(tapableExecutor);
    let tries = 0;
    const flaky = async (value: string) => {
      tries += 1;
      if (tries === 1) throw new Error('once');
      return value;
    };
    tap(hook, 'retry', async (value: string, next: Next) => {
      try {
        return await next(value);
      } catch {
        return await next(value);
      }
    });
    await expect(registry.hook(hook).run('x', flaky, testCall)).resolves.toBe('x');
  });

  it('passes the error of the base on as it is and blames no tap', async () => {
    const { registry, tap, failures } = createTest(tapableExecutor);
    const own = new Error('from the base');
    tap(skip, 'a', wrap('a'));
    await expect(registry.hook(skip).run('x', () => Promise.reject(own), testCall)).rejects.toBe(own);
    expect(failures).toEqual([]);
    expect(registry.nodes()[0]?.taps[0]?.errors).toBe(0);
  });

  it('goes on without a tap that fails before the base under skip', async () => {
    const { registry, tap, failures } = createTest(tapableExecutor);
    tap(skip, 'broken', boom);
    await expect(registry.hook(skip).run('x', base, testCall)).resolves.toBe('[x]');
    expect(failures).toHaveLength(1);
  });

  it('keeps the answer of the base when a tap fails after it under skip, and calls it once', async () => {
    const { registry, tap } = createTest(tapableExecutor);
    let calls = 0;
    tap(skip, 'broken', async (value: string, next: Next) => {
      await next(value);
      return boom();
    });
    const counted = async (value: string) => {
      calls += 1;
      return value;
    };
    await expect(registry.hook(skip).run('x', counted, testCall)).resolves.toBe('x');
    expect(calls).toBe(1);
  });

  it('does not count the time of the base as the time of a tap', async () => {
    const { registry, tap } = createTest(tapableExecutor);
    const short = defineHook({ ...define('around', 'fail', 20), id: 'test.around-short' });
    tap(short, 'a', (value: string, next: Next) => next(value));
    const slow = (value: string) => new Promise<string>((resolve) => setTimeout(() => resolve(value), 60));
    await expect(registry.hook(short).run('x', slow, testCall)).resolves.toBe('x');
  });

  it('ends a tap that takes too long itself', async () => {
    const { registry, tap } = createTest(tapableExecutor);
    const short = defineHook({ ...define('around', 'fail', 5), id: 'test.around-short' });
    tap(short, 'never', never);
    await expect(registry.hook(short).run('x', base, testCall)).rejects.toMatchObject({ code: 'KERNEL_HOOK_TIMEOUT' });
  });
});

describe('the registry', () => {
  const hook = define('waterfall');
  const add = (name: string) => (value: string) => `${value}${name}`;

  it('runs a tap only for values whose fields equal its filter', async () => {
    const { registry, tap } = createTest(tapableExecutor);
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
    const { registry, tap } = createTest(tapableExecutor);
    const runner = registry.hook(hook);
    tap(hook, 'a', add('a'));
    await expect(runner.run('x', testCall)).resolves.toBe('xa');
  });

  it('lets a snapshot keep the taps it was taken with', async () => {
    const { registry, tap } = createTest(tapableExecutor);
    const undo = tap(hook, 'a', add('a'));
    const snapshot = registry.snapshot();
    undo();
    tap(hook, 'b', add('b'));
    await expect(snapshot.hook(hook).run('x', testCall)).resolves.toBe('xa');
    await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xb');
  });

  it('lets a call in flight finish with the taps it began with', async () => {
    const { registry, tap } = createTest(tapableExecutor);
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
    const { registry, tap } = createTest(tapableExecutor);
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
    const { registry, tap } = createTest(tapableExecutor);
    tap(hook, 'a', add('a'));
    const other = defineHook({ ...define('gate'), id: hook.id });
    expect(() => registry.hook(other)).toThrow(/test\.waterfall is known as waterfall and is used as gate/);
  });

  it('tells of an order by a plugin that is not there', () => {
    const { registry, tap } = createTest(tapableExecutor);
    tap(hook, 'notes', add('a'), { after: ['rag'] });
    expect(registry.problems(new Set(['notes']))).toEqual([
      'hook test.waterfall: plugin notes is ordered by rag, and this composition has no such plugin',
    ]);
  });
});
