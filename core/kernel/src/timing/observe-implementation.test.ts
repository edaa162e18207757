import { describe, expect, it } from '@jest/globals';
import { defineCapability } from '@parley/contracts';
import * as z from 'zod';
import { FailureBook } from '../breaker/failure-book.ts';
import { DEFAULT_FAILURE_POLICY } from '../breaker/failure-policy.ts';
import { observeImplementation } from './observe-implementation.ts';

interface Things {
  slow(signal?: AbortSignal): Promise<string>;
}

const things = defineCapability<Things>()({
  id: 'things',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
  limitsMs: { slow: 10 },
});

function observe<T>(implementation: T) {
  const book = new FailureBook({ policy: DEFAULT_FAILURE_POLICY, now: () => 0, changed: () => {} });
  const breaker = book.breaker({ pluginId: 'lab', capability: 'things' });
  const observed = observeImplementation({ pluginId: 'lab', capability: things, implementation, breaker });
  return { it: observed.implementation as T, figures: observed.figures, breaker };
}

const never = () => new Promise<never>(() => {});

class Counter {
  #count = 0;
  readonly step = 2;
  get count() {
    return this.#count;
  }
  set count(value: number) {
    this.#count = value;
  }
  add() {
    this.#count += this.step;
    return this;
  }
  async addLater() {
    return this.add().count;
  }
}

describe('an observed implementation', () => {
  it('stays an instance of its class, with private fields, getters and setters', async () => {
    const { it: counter } = observe(new Counter());
    counter.add();
    expect([counter instanceof Counter, counter.count, await counter.addLater()]).toEqual([true, 2, 4]);
    counter.count = 10;
    expect([counter.count, counter.constructor, 'add' in counter]).toEqual([10, Counter, true]);
  });

  it('gives the same function each time, and another one when it was replaced', () => {
    const original = { read: () => 1 };
    const { it: observed } = observe(original);
    const { read } = observed;
    expect(observed.read).toBe(read);
    original.read = () => 2;
    expect(observed.read()).toBe(2);
  });

  it('may be frozen, spread, listed and serialised', () => {
    const { it: observed } = observe(Object.freeze({ name: 'a', read: () => 1 }));
    expect([Object.keys(observed), { ...observed }.read(), JSON.stringify(observed)]).toEqual([
      ['name', 'read'],
      1,
      '{"name":"a"}',
    ]);
  });

  it('may be a function', () => {
    const { it: double, figures } = observe((value: number) => value * 2);
    expect([double(4), figures().methods['call']?.calls]).toEqual([8, 1]);
  });

  it('may make up its methods as they are asked for', () => {
    const made = new Proxy<Record<string, () => string>>({}, { get: (_target, name) => () => String(name) });
    const { it: observed } = observe(made);
    expect(observed['anything']?.()).toBe('anything');
  });

  it('counts each method and all together', async () => {
    const { it: observed, figures } = observe({ read: () => 1, fail: () => Promise.reject(new Error('boom')) });
    observed.read();
    await expect(observed.fail()).rejects.toThrow('boom');
    expect(figures()).toMatchObject({
      calls: 2,
      errors: 1,
      lastError: { message: 'boom' },
      methods: { read: { calls: 1, errors: 0 }, fail: { calls: 1, errors: 1 } },
    });
  });
});

describe('what a method gives', () => {
  it('comes at once when it comes at once', () => {
    expect(observe({ read: () => 7 }).it.read()).toBe(7);
  });

  it('is thrown as it was', () => {
    const error = new Error('boom');
    const { it: observed } = observe({
      fail: () => {
        throw error;
      },
    });
    expect(() => observed.fail()).toThrow(error);
  });

  it('stays what it was when it is no generator: streams have members of their own', () => {
    const builder = { where: () => builder };
    const stream = new ReadableStream();
    const { it: observed } = observe({ build: () => builder, open: () => stream });
    expect(observed.build()).toBe(builder);
    expect(observed.open()).toBe(stream);
  });

  it('streams item by item, counted until the first', async () => {
    const { it: observed, figures } = observe({
      async *stream() {
        yield 1;
        yield 2;
      },
    });
    const items: number[] = [];
    for await (const item of observed.stream()) items.push(item);
    expect([items, figures().calls]).toEqual([[1, 2], 1]);
  });

  it('hands items after the first on as the promises they are', () => {
    const promises: Promise<IteratorResult<number>>[] = [];
    async function* source(): AsyncGenerator<number> {
      yield 1;
      yield 2;
    }
    const { it: observed } = observe({
      stream() {
        const items = source();
        const next = items.next.bind(items);
        items.next = (...args) => {
          const promise = next(...args);
          promises.push(promise);
          return promise;
        };
        return items;
      },
    });
    const items = observed.stream();
    void items.next();
    expect(items.next()).toBe(promises[1]);
  });

  it('ends the source of a stream that its reader leaves', async () => {
    let isClosed = false;
    const { it: observed } = observe({
      async *stream() {
        try {
          yield 1;
          yield 2;
        } finally {
          isClosed = true;
        }
      },
    });
    for await (const item of observed.stream()) if (item === 1) break;
    expect(isClosed).toBe(true);
  });

  it('fails as a stream when the first item does, and is counted', async () => {
    const { it: observed, figures } = observe({
      // oxlint-disable-next-line require-yield
      async *stream(): AsyncGenerator<number> {
        throw new Error('no connection');
      },
    });
    await expect(observed.stream().next()).rejects.toThrow('no connection');
    expect(figures().errors).toBe(1);
  });
});

describe('a method that fails again and again', () => {
  const failing = () =>
    observe({
      ask: () => Promise.reject(new Error('boom')),
      read: (): number => {
        throw new Error('boom');
      },
      // oxlint-disable-next-line require-yield
      async *stream(): AsyncGenerator<number> {
        throw new Error('boom');
      },
    });

  it('is refused at once, in the form its answer would have', async () => {
    const { it: observed, breaker } = failing();
    await expect(observed.stream().next()).rejects.toThrow('boom');
    for (let time = 0; time < 4; time += 1) await expect(observed.ask()).rejects.toThrow('boom');
    expect(breaker.state).toBe('open');
    const refusal = { code: 'KERNEL_BREAKER_OPEN' };
    await expect(observed.ask()).rejects.toMatchObject(refusal);
    await expect(observed.stream().next()).rejects.toMatchObject(refusal);
    expect(() => observed.read()).toThrow(expect.objectContaining(refusal));
  });

  it('is not charged with errors of a function it was given, nor with those of one who has left', async () => {
    const transaction = (work: () => Promise<void>) => work();
    const { it: observed, breaker } = observe({
      transaction,
      read: (signal: AbortSignal) => Promise.reject(signal.reason),
    });
    const left = AbortSignal.abort(new Error('left'));
    for (let time = 0; time < 9; time += 1) {
      await expect(observed.transaction(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
      await expect(observed.read(left)).rejects.toThrow('left');
    }
    expect(breaker.state).toBe('closed');
  });
});

describe('a method with a limit', () => {
  it('ends with an error that names capability, method, plugin and times', async () => {
    await expect(observe({ slow: never }).it.slow()).rejects.toMatchObject({
      code: 'KERNEL_CAPABILITY_TIMEOUT',
      message: expect.stringMatching(/^Plugin lab did not finish slow of its capability things within 10 ms; \d+ ms/),
    });
  });

  it('aborts the signal it was given, itself or in an object', async () => {
    const signals: AbortSignal[] = [];
    const { it: observed, figures } = observe({
      slow: (...given: unknown[]) => {
        signals.push(
          ...(given as [AbortSignal, { signal: AbortSignal }]).map((each) => ('signal' in each ? each.signal : each)),
        );
        return never();
      },
    });
    const { signal } = new AbortController();
    await expect(observed.slow(signal, { signal })).rejects.toMatchObject({ code: 'KERNEL_CAPABILITY_TIMEOUT' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect([signal.aborted, figures().timeouts]).toEqual([false, 1]);
  });

  it('still hears its caller leave', async () => {
    const { it: observed } = observe({
      slow: (signal: AbortSignal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        ),
    });
    const controller = new AbortController();
    const asked = observed.slow(controller.signal);
    controller.abort(new Error('left'));
    await expect(asked).rejects.toThrow('left');
  });
});
