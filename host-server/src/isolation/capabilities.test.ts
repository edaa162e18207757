import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { greeter } from './fixtures/greeter.ts';
import { derivePluginSeed, derivePurpose } from '../derive-keys.ts';
import { createConsumer, doorOf, ROOT_KEY, startIsolated } from './fixtures/start-isolated.ts';
import { createMemoryStorage } from './fixtures/memory-storage.ts';

const never = new AbortController().signal;
const collect = async (numbers: AsyncIterable<number>): Promise<number[]> => {
  const all: number[] = [];
  for await (const number of numbers) all.push(number);
  return all;
};

describe.each([{ inline: true }, { inline: false }])('a capability of a plugin, inline: $inline', ({ inline }) => {
  const consumer = createConsumer(greeter);
  let started: Awaited<ReturnType<typeof startIsolated>>;
  beforeAll(async () => {
    started = await startIsolated({
      door: doorOf('greeter'),
      inline,
      config: { greeting: 'Salve', apiKey: 'swordfish' },
      others: [createMemoryStorage(), consumer.plugin],
    });
    await started.kernel.start();
  });
  afterAll(async () => {
    expect(await started.stop()).toEqual([]);
  });

  it('is ready', () => {
    expect(started.node()).toMatchObject({ state: 'ready', isolation: inline ? 'inline' : 'process' });
  });

  it('answers', async () => {
    expect(await consumer.get().greet('Ada')).toBe('Salve, Ada!');
  });

  it.each(['count', 'relay'] as const)('streams: %s', async (method) => {
    expect(await collect(consumer.get()[method](200, never))).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  });

  it('ends with the reason of an abort, the very same', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const reading = collect(consumer.get().count(-1, controller.signal));
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  it('fails with its own errors, recognised by code', async () => {
    await expect(consumer.get().fail('so')).rejects.toMatchObject({
      name: 'AppError',
      code: 'GREETER_MISSING',
      status: 404,
      details: { how: 'so' },
    });
    await expect(consumer.get().fail('plain')).rejects.toThrow('plain trouble');
  });

  it('calls back', async () => {
    expect(await consumer.get().callBack(async (text) => `${text} and`)).toBe('called and back');
  });

  it('hands on the error of a call back, the very same', async () => {
    const error = new Error('mine');
    const work = () => Promise.reject(error);
    await expect(consumer.get().callBack(work)).rejects.toBe(error);
  });

  it.each([
    [undefined],
    [null],
    [{ a: undefined, b: [1, undefined, null], $: 'x', deep: { __proto: 1 } }],
    [[Number.NaN, Number.POSITIVE_INFINITY, -5]],
    [new Map<unknown, unknown>([['k', new Set([1, 2])]])],
    [new Date(0)],
    [10n ** 30n],
    [Uint8Array.from([0, 255, 7])],
  ])('keeps %p as it is', async (value) => {
    expect(await consumer.get().echo(value)).toEqual(value);
  });

  it('gives back what it was given, functions included', async () => {
    const given = { run: () => 1 };
    const back = (await consumer.get().echo(given)) as typeof given;
    expect(back.run).toBe(given.run);
  });

  it('hands out things with methods', async () => {
    const lock = await consumer.get().lock();
    expect(lock.fence).toBe(7);
    await lock.release();
    expect(await consumer.get().ask('undone')).toBe(1);
  });

  it('has its settings, secrets included', async () => {
    expect(await consumer.get().ask('config')).toEqual({ greeting: 'Salve', secret: 'swordfish' });
  });

  it('shows browsers the settings marked for them', () => {
    expect(started.kernel.clientConfig()['greeter']).toEqual({ greeting: 'Salve' });
  });

  it('runs its own hooks, with the taps there are', async () => {
    expect(await consumer.get().ask('hook')).toEqual({ text: 'asked (greeted)' });
  });

  it('may not call hosts it does not declare', async () => {
    await expect(consumer.get().ask('fetchUndeclared')).rejects.toMatchObject({ code: 'KERNEL_UNDECLARED' });
  });

  it('derives the same key', async () => {
    const seed = derivePluginSeed(ROOT_KEY, 'greeter');
    expect(await consumer.get().ask('key')).toBe(Buffer.from(derivePurpose(seed, 'test')).toString('hex'));
  });
});
