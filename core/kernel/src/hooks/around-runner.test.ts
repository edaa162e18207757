import { describe, expect, it } from '@jest/globals';
import { defineHook } from '@parley/contracts';
import { testCall } from '../fixtures/calls.ts';
import { boom, createTest, define, never } from '../fixtures/hooks.ts';

describe('around', () => {
  const hook = define('around', 'fail');
  const skip = defineHook({ ...define('around', 'skip'), id: 'test.around-skip' });
  type Next = (value: string) => Promise<string>;
  const wrap = (name: string) => async (value: string, next: Next) => `${name}(${await next(`${value}${name}`)})`;
  const base = async (value: string) => `[${value}]`;

  it('puts the first tap outermost', async () => {
    const { registry, tap } = createTest();
    tap(hook, 'a', wrap('a'));
    tap(hook, 'b', wrap('b'));
    await expect(registry.hook(hook).run('x', base, testCall)).resolves.toBe('a(b([xab]))');
  });

  it('calls the base without taps', async () => {
    const { registry } = createTest();
    await expect(registry.hook(hook).run('x', base, testCall)).resolves.toBe('[x]');
  });

  it('lets a tap answer without the base', async () => {
    const { registry, tap } = createTest();
    tap(hook, 'cache', async () => 'kept');
    const unused = async () => boom();
    await expect(registry.hook(hook).run('x', unused, testCall)).resolves.toBe('kept');
  });

  it('lets a tap try again', async () => {
    const { registry, tap } = createTest();
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
    const { registry, tap, failures } = createTest();
    const own = new Error('from the base');
    tap(skip, 'a', wrap('a'));
    await expect(registry.hook(skip).run('x', () => Promise.reject(own), testCall)).rejects.toBe(own);
    expect(failures).toEqual([]);
    expect(registry.nodes()[0]?.taps[0]?.errors).toBe(0);
  });

  it('goes on without a tap that fails before the base under skip', async () => {
    const { registry, tap, failures } = createTest();
    tap(skip, 'broken', boom);
    await expect(registry.hook(skip).run('x', base, testCall)).resolves.toBe('[x]');
    expect(failures).toHaveLength(1);
  });

  it('keeps the answer of the base when a tap fails after it under skip, and calls it once', async () => {
    const { registry, tap } = createTest();
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
    const { registry, tap } = createTest();
    const short = defineHook({ ...define('around', 'fail', 20), id: 'test.around-short' });
    tap(short, 'a', (value: string, next: Next) => next(value));
    const slow = (value: string) => new Promise<string>((resolve) => setTimeout(() => resolve(value), 60));
    await expect(registry.hook(short).run('x', slow, testCall)).resolves.toBe('x');
  });

  it('ends a tap that takes too long itself', async () => {
    const { registry, tap } = createTest();
    const short = defineHook({ ...define('around', 'fail', 5), id: 'test.around-short' });
    tap(short, 'never', never);
    await expect(registry.hook(short).run('x', base, testCall)).rejects.toMatchObject({ code: 'KERNEL_HOOK_TIMEOUT' });
  });
});
