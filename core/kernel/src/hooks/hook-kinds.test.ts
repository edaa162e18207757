import { describe, expect, it, jest } from '@jest/globals';
import { AppError, isAppError } from '@parley/contracts';
import { testCall } from '../fixtures/calls.ts';
import { boom, createTest, define, never } from '../fixtures/hooks.ts';

describe('hooks', () => {
  describe('series', () => {
    const hook = define('series');

    it('runs the taps one after the other', async () => {
      const { registry, tap } = createTest();
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
      const { registry } = createTest();
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBeUndefined();
    });

    it('ends with the error of a tap that is not an application error, without its words', async () => {
      const { registry, tap } = createTest();
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
      const { registry, tap } = createTest();
      const own = new AppError({ code: 'NOTES_FULL', status: 409, message: 'full' });
      tap(hook, 'notes', () => Promise.reject(own));
      await expect(registry.hook(hook).run('x', testCall)).rejects.toBe(own);
    });
  });

  describe('waterfall', () => {
    const hook = define('waterfall', 'skip');

    it('gives each tap what the one before returned', async () => {
      const { registry, tap } = createTest();
      tap(hook, 'a', (value: string) => `${value}a`);
      tap(hook, 'b', async (value: string) => `${value}b`);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xab');
    });

    it('keeps the value of a tap that returns nothing', async () => {
      const { registry, tap } = createTest();
      tap(hook, 'a', (value: string) => `${value}a`);
      tap(hook, 'silent', () => undefined);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xa');
    });

    it('goes on with the last good value when a tap fails under skip, and tells of it', async () => {
      const { registry, tap, failures } = createTest();
      tap(hook, 'a', (value: string) => `${value}a`);
      tap(hook, 'broken', boom);
      tap(hook, 'b', (value: string) => `${value}b`);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('xab');
      expect(failures.map(({ pluginId }) => pluginId)).toEqual(['broken']);
    });

    it('goes on without a tap that takes too long, and hears nothing it says later', async () => {
      const { registry, tap, failures } = createTest();
      const quick = define('waterfall', 'skip', 5);
      const slow = Promise.withResolvers<string>();
      const held = Promise.withResolvers<string>();
      tap(quick, 'slow', () => slow.promise);
      tap(quick, 'after', async (value: string) => {
        slow.resolve('late');
        await slow.promise;
        return `${value}${await held.promise}`;
      });
      const answer = registry.hook(quick).run('x', testCall);
      await slow.promise;
      held.resolve('a');
      await expect(answer).resolves.toBe('xa');
      expect(failures.map(({ pluginId }) => pluginId)).toEqual(['slow']);
    });

    it('takes the first word of a thenable that speaks twice', async () => {
      const { registry, tap } = createTest();
      tap(hook, 'twice', () => ({
        // oxlint-disable-next-line unicorn/no-thenable
        then(answer: (value: string) => void) {
          answer('first');
          answer('second');
        },
      }));
      tap(hook, 'b', async (value: string) => `${value}b`);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('firstb');
    });

    it('gives each tap the whole limit', async () => {
      jest.useFakeTimers();
      const { registry, tap } = createTest();
      const pause = (value: string) =>
        new Promise((resolve) => {
          setTimeout(() => resolve(`${value}.`), 600);
        });
      for (const name of ['a', 'b', 'c']) tap(hook, name, pause);
      const answer = registry.hook(hook).run('x', testCall);
      await jest.advanceTimersByTimeAsync(1_800);
      jest.useRealTimers();
      await expect(answer).resolves.toBe('x...');
    });

    it('runs thousands of calls at once, each with its own end', async () => {
      const { registry, tap } = createTest();
      const quick = define('waterfall', 'fail', 50);
      tap(quick, 'odd', (value: string) => (Number(value) % 2 === 0 ? Promise.resolve(`${value}!`) : never()));
      const calls = Array.from({ length: 4_000 }, (_, index) => registry.hook(quick).run(String(index), testCall));
      const ends = await Promise.allSettled(calls);
      expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(2_000);
      expect(ends.every(({ status }, index) => (status === 'fulfilled') === (index % 2 === 0))).toBe(true);
    });

    it('gives the value back without taps', async () => {
      const { registry } = createTest();
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('x');
    });
  });

  describe('bail', () => {
    const hook = define('bail');

    it('gives the first answer and asks nobody after it', async () => {
      const { registry, tap } = createTest();
      const asked: string[] = [];
      tap(hook, 'silent', () => void asked.push('silent'));
      tap(hook, 'first', async () => 'first');
      tap(hook, 'late', () => void asked.push('late'));
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBe('first');
      expect(asked).toEqual(['silent']);
    });

    it('gives undefined when nobody answers', async () => {
      const { registry, tap } = createTest();
      tap(hook, 'silent', () => undefined);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBeUndefined();
    });
  });

  describe('parallel and notify', () => {
    it('parallel starts all taps at once and waits for all', async () => {
      const { registry, tap } = createTest();
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
      const { registry, tap, failures } = createTest();
      const hook = define('notify', 'fail');
      tap(hook, 'broken', boom);
      await expect(registry.hook(hook).run('x', testCall)).resolves.toBeUndefined();
      expect(failures).toHaveLength(1);
    });
  });

  describe('collect', () => {
    it('gives the answers in the order of the taps', async () => {
      const { registry, tap } = createTest();
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
      const { registry, tap, failures } = createTest();
      const hook = define('collect', 'skip', 5);
      tap(hook, 'never', never);
      tap(hook, 'fast', () => 'fast');
      await expect(registry.hook(hook).run('x', testCall)).resolves.toEqual(['fast']);
      expect(isAppError(failures[0]?.error, 'KERNEL_HOOK_TIMEOUT')).toBe(true);
    });

    it('ends with the error of a tap where its owner says fail', async () => {
      const { registry, tap } = createTest();
      const hook = define('collect', 'fail', 5);
      tap(hook, 'never', never);
      await expect(registry.hook(hook).run('x', testCall)).rejects.toMatchObject({ code: 'KERNEL_HOOK_TIMEOUT' });
    });
  });

  describe('gate', () => {
    const hook = define('gate');
    const deny = { allow: false, code: 'NO', message: 'no' } as const;

    it('allows when all allow', async () => {
      const { registry, tap } = createTest();
      tap(hook, 'a', () => ({ allow: true }));
      tap(hook, 'b', async () => ({ allow: true }));
      await expect(registry.hook(hook).run('x', testCall)).resolves.toEqual({ allow: true });
    });

    it('denies when one denies, with its words', async () => {
      const { registry, tap } = createTest();
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
      const { registry, tap } = createTest();
      const quick = define('gate', 'skip', 5);
      tap(quick, 'broken', run);
      const verdict = await registry.hook(quick).run('x', testCall);
      expect(verdict).toMatchObject({ allow: false, code: 'KERNEL_GATE_FAILED' });
    });
  });

  it('names hook, plugin and time in the error of a tap that takes too long', async () => {
    const { registry, tap } = createTest();
    const hook = define('series', 'fail', 5);
    tap(hook, 'slow', never);
    await expect(registry.hook(hook).run('x', testCall)).rejects.toThrow(
      /Plugin slow did not finish hook test\.series within 5 ms; \d+ ms have passed/,
    );
  });
});
