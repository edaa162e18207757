import { describe, expect, it } from '@jest/globals';
import { createPrincipal, ModelInfo, modelErrors } from '@parley/contracts';
import type { Credentials, CredentialStore, LiveRef, ModelFacts, ModelProvider } from '@parley/contracts';
import { ModelRule, ModelsSettings } from '@parley/plugin-models/contract';
import type * as z from 'zod';
import { createModelDirectory } from './directory.ts';
import { createProviderAccess } from './provider-access.ts';
import { createProviderAsker } from './provider-asker.ts';
import type { ProviderTitle } from './provider-asker.ts';

const signal = new AbortController().signal;
const ann = createPrincipal({ kind: 'user', id: 'ann' });
const ben = createPrincipal({ kind: 'user', id: 'ben' });

interface Fake {
  readonly demo?: boolean;
  /** Ids of its models, or why it can't say. */
  readonly models: readonly string[] | Error;
  /** Whether it takes keys of people; then each key has models of its own. */
  readonly wantsKey?: boolean;
  readonly family?: string;
}

/** What is there beside providers. */
interface World {
  readonly keys?: Readonly<Record<string, string>>;
  readonly maxAgeMs?: number;
  readonly rules?: Readonly<Record<string, z.input<typeof ModelRule>>>;
  readonly settings?: z.input<typeof ModelsSettings>;
  /** By `family/model`. */
  readonly facts?: Readonly<Record<string, ModelFacts>>;
}

const only = <I>(value: I): LiveRef<I> => ({
  lease: () => ({ key: 'one', value, [Symbol.dispose]: () => undefined }),
  keys: () => ['one'],
  descriptors: () => new Map(),
  onChange: () => () => undefined,
});

const start = (
  fakes: Readonly<Record<string, Fake>>,
  { keys = {}, maxAgeMs = 1_000, rules = {}, settings = {}, facts = {} }: World = {},
) => {
  let now = 0;
  const asked: string[] = [];
  const warnings: unknown[] = [];
  const toProvider = (key: string, { models, wantsKey = false }: Fake): ModelProvider => ({
    listModels: async (_signal, credentials?: Credentials) => {
      asked.push(key);
      if (wantsKey && !credentials) throw modelErrors.NEEDS_KEY({ provider: key });
      if (models instanceof Error) throw models;
      if (credentials) return [ModelInfo.parse({ id: `of-${credentials['apiKey']}`, name: 'x' })];
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
      new Map(
        Object.entries(fakes).map(([key, { demo = false, wantsKey = false, family }]) => [
          key,
          { title: key.toUpperCase(), demo, family, ...(wantsKey ? { credentials: { from: 'both' as const } } : {}) },
        ]),
      ),
    onChange: () => () => undefined,
  };
  const store: CredentialStore = {
    resolve: async ({ id }) => {
      const apiKey = keys[id];
      return apiKey === undefined ? undefined : { values: { apiKey }, from: 'user' };
    },
  };
  const asker = createProviderAsker({
    providers,
    access: createProviderAccess(only(store)),
    clock: { now: () => now },
    log: { warn: (message, fields) => warnings.push([message, fields]) },
    maxAgeMs,
  });
  const book = {
    byModel: new Map(Object.entries(rules).map(([id, rule]) => [id, { rule: ModelRule.parse(rule), rev: 1 }])),
    settings: ModelsSettings.parse(settings),
    rev: 0,
  };
  const directory = createModelDirectory({
    providers,
    asker,
    facts: only({ lookup: (family: string, model: string) => facts[`${family}/${model}`] }),
    rules: { read: () => Promise.resolve(book) },
  });
  const ids = async (of = ann) => (await directory.list(of, signal)).items.map((model) => model.id);
  return { directory, asker, asked, warnings, ids, pass: (ms: number) => void (now += ms) };
};

describe('createModelDirectory', () => {
  it('names each model by its provider', async () => {
    const { directory } = start({ a: { models: ['x/y'] } });
    expect((await directory.list(ann, signal)).items).toMatchObject([
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
    const { asker, ids, asked, pass } = start({ a: { models: ['m'] } });
    await Promise.all([ids(), ids()]);
    pass(999);
    await ids();
    expect(asked).toHaveLength(1);
    pass(1);
    await ids();
    expect(asked).toHaveLength(2);
    asker.forget();
    await ids();
    expect(asked).toHaveLength(3);
  });

  it('prefers a real model to a demo one, and the guide among those', async () => {
    const pick = async (fakes: Readonly<Record<string, Fake>>) => {
      const { directory } = start(fakes);
      return (await directory.list(ann, signal)).default;
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
      await expect(directory.find(ann, wanted, signal)).rejects.toMatchObject({
        code: 'MODELS_UNKNOWN',
        details: { known: ['a/m', 'a/n'] },
      });
    await expect(directory.find(ann, 'a/n', signal)).resolves.toMatchObject({ provider: 'a', model: 'n' });
  });

  it('lets a model through whose provider can not list now: the run will say what is wrong', async () => {
    const { directory } = start({ down: { models: new Error('down') } });
    await expect(directory.find(ann, 'down/any', signal)).resolves.toMatchObject({
      provider: 'down',
      model: 'any',
    });
  });

  it('gives each person the models of their own key, and tells the others that one is needed', async () => {
    const { directory, ids } = start({ a: { models: [], wantsKey: true } }, { keys: { ann: 'k1' } });
    expect(await ids(ann)).toEqual(['a/of-k1']);
    expect(await directory.find(ann, 'a/of-k1', signal)).toMatchObject({ credentials: { apiKey: 'k1' } });
    expect(await ids(ben)).toEqual([]);
    expect((await directory.list(ben, signal)).providers).toMatchObject([
      { key: 'a', state: 'needs-key', keyFrom: 'both', reason: expect.stringContaining('needs a key') },
    ]);
  });

  it('says how each provider stands', async () => {
    const { directory } = start({ up: { models: ['m'] }, down: { models: new Error('CANARY') } });
    const { providers } = await directory.list(ann, signal);
    expect(providers.map(({ key, state }) => [key, state])).toEqual([
      ['up', 'ready'],
      ['down', 'unavailable'],
    ]);
    expect(JSON.stringify(providers)).not.toContain('CANARY');
  });

  it('asks a provider that failed again after ten seconds at most', async () => {
    const { ids, asked, pass } = start({ down: { models: new Error('down') } }, { maxAgeMs: 60_000 });
    await ids();
    pass(10_000);
    await ids();
    expect(asked).toHaveLength(2);
  });
});
