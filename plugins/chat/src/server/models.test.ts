import { describe, expect, it } from '@jest/globals';
import { ModelInfo, modelErrors } from '@parley/contracts';
import type { LiveRef, ModelProvider } from '@parley/contracts';
import { createModelDirectory } from './models.ts';
import type { ProviderTitle } from './models.ts';

const signal = new AbortController().signal;

interface Fake {
  readonly demo?: boolean;
  /** Ids of its models, or why it can't say. */
  readonly models: readonly string[] | Error;
}

const start = (fakes: Readonly<Record<string, Fake>>) => {
  let now = 0;
  const asked: string[] = [];
  const warnings: unknown[] = [];
  const toProvider = (key: string, { models }: Fake): ModelProvider => ({
    listModels: async () => {
      asked.push(key);
      if (models instanceof Error) throw models;
      return models.map((id) => ModelInfo.parse({ id, name: id }));
    },
    stream: () => {
      throw new Error('unused');
    },
  });
  const providers: LiveRef<ModelProvider, ProviderTitle> = {
    lease: (key = '') => ({
      key,
      value: toProvider(key, fakes[key] ?? { models: [] }),
      [Symbol.dispose]: () => undefined,
    }),
    keys: () => Object.keys(fakes),
    descriptors: () =>
      new Map(Object.entries(fakes).map(([key, { demo = false }]) => [key, { title: key.toUpperCase(), demo }])),
    onChange: () => () => undefined,
  };
  const directory = createModelDirectory({
    providers,
    clock: { now: () => now },
    log: { warn: (message, fields) => warnings.push([message, fields]) },
    maxAgeMs: 1_000,
  });
  const ids = async () => (await directory.list(signal)).map((model) => model.id);
  return { directory, asked, warnings, ids, pass: (ms: number) => void (now += ms) };
};

describe('createModelDirectory', () => {
  it('names each model by its provider', async () => {
    const { directory } = start({ a: { models: ['x/y'] } });
    expect(await directory.list(signal)).toMatchObject([
      { id: 'a/x/y', provider: 'a', providerTitle: 'A', demo: false },
    ]);
  });

  it('leaves out a provider that can not be asked, and says so', async () => {
    const { ids, warnings } = start({
      down: { models: modelErrors.UNAVAILABLE({ provider: 'down' }) },
      up: { models: ['m'] },
    });
    expect(await ids()).toEqual(['up/m']);
    expect(warnings).toMatchObject([[expect.any(String), { provider: 'down' }]]);
  });

  it('asks a provider again only after a while, or when providers change', async () => {
    const { directory, ids, asked, pass } = start({ a: { models: ['m'] } });
    await Promise.all([ids(), ids()]);
    pass(999);
    await ids();
    expect(asked).toHaveLength(1);
    pass(1);
    await ids();
    expect(asked).toHaveLength(2);
    directory.forget();
    await ids();
    expect(asked).toHaveLength(3);
  });

  it('prefers a real model to a demo one, and the guide among those', async () => {
    const pick = async (fakes: Readonly<Record<string, Fake>>) => {
      const { directory } = start(fakes);
      return directory.pickDefault(await directory.list(signal));
    };
    const demo = { demo: true, models: ['echo', 'guide'] };
    expect(await pick({ demo, real: { models: ['m'] } })).toBe('real/m');
    expect(await pick({ demo })).toBe('demo/guide');
    expect(await pick({ other: { demo: true, models: ['x'] } })).toBe('other/x');
    expect(await pick({})).toBeUndefined();
  });

  it('refuses a model that does not exist and lists those that do', async () => {
    const { directory } = start({ a: { models: ['m', 'n'] } });
    for (const wanted of ['a/other', 'b/m', 'm', ''])
      await expect(directory.check(wanted, signal)).rejects.toMatchObject({
        code: 'CHAT_UNKNOWN_MODEL',
        details: { known: ['a/m', 'a/n'] },
      });
    await expect(directory.check('a/n', signal)).resolves.toBeUndefined();
  });

  it('lets a model through whose provider can not list now: the run will say what is wrong', async () => {
    const { directory } = start({ down: { models: new Error('down') } });
    await expect(directory.check('down/any', signal)).resolves.toBeUndefined();
  });
});
