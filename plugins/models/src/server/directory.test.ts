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
  /** Its models, by id at least, or why it can't say. */
  readonly models: readonly (string | ModelInfo)[] | Error;
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
      return models.map((model) => (typeof model === 'string' ? ModelInfo.parse({ id: model, name: model }) : model));
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

describe('what is said of a model', () => {
  const facts: ModelFacts = {
    name: 'Known',
    contextWindowTokens: 1_000,
    inputUsdPerMillion: 1,
    outputUsdPerMillion: 2,
    longInput: { aboveTokens: 500, inputUsdPerMillion: 3 },
    abilities: { vision: true, tools: true },
    source: 'https://example.org/prices',
    asOf: '2026-01-01',
  };
  const a = { models: ['m'], family: 'acme' };
  const one = async (world: World, fake: Fake = a) =>
    (await start({ a: fake }, world).directory.list(ann, signal)).items[0];

  it('is what else is known of it, with source and day, where its provider says nothing', async () => {
    expect(await one({ facts: { 'acme/m': facts } })).toMatchObject({
      name: 'Known',
      contextWindowTokens: 1_000,
      inputUsdPerMillion: 1,
      longInput: { aboveTokens: 500 },
      abilities: { vision: true, tools: true, audio: false },
      source: 'https://example.org/prices',
      asOf: '2026-01-01',
    });
  });

  it('is what the operator says first, then the provider, then what else is known', async () => {
    const info = { id: 'm', name: 'Listed', contextWindowTokens: 2_000, abilities: { vision: false } };
    const rules = { 'a/m': { name: 'Ours', abilities: { tools: false }, outputUsdPerMillion: 9 } };
    const model = await one({ rules, facts: { 'acme/m': facts } }, { ...a, models: [ModelInfo.parse(info)] });
    expect(model).toMatchObject({
      name: 'Ours',
      contextWindowTokens: 2_000,
      inputUsdPerMillion: 1,
      outputUsdPerMillion: 9,
      abilities: { vision: false, tools: false },
    });
    expect(model).not.toHaveProperty('longInput');
  });

  it('names no source for prices of the operator', async () => {
    const rules = { 'a/m': { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } };
    const model = await one({ rules, facts: { 'acme/m': facts } });
    expect(model).toMatchObject({ inputUsdPerMillion: 0 });
    expect(model).not.toHaveProperty('source');
  });

  it('is that nobody knows it, where that is so', async () => {
    expect(await one({})).toMatchObject({ name: 'm', isUnknown: true, abilities: { tools: false } });
    expect(await one({ rules: { 'a/m': { abilities: { tools: true } } } })).not.toHaveProperty('isUnknown');
    expect(await one({ facts: { 'acme/m': facts } })).not.toHaveProperty('isUnknown');
    expect(await one({}, { ...a, demo: true })).not.toHaveProperty('isUnknown');
  });
});

describe('who may use a model', () => {
  const root = createPrincipal({ kind: 'user', id: 'root', roles: ['admin'] });
  const cora = createPrincipal({ kind: 'user', id: 'cora', roles: ['staff'] });
  const two = { a: { models: ['m', 'n'] } };

  it('is nobody when an administrator has turned it off', async () => {
    const { directory, ids } = start(two, { rules: { 'a/m': { enabled: false } } });
    expect(await ids()).toEqual(['a/n']);
    for (const who of [ann, root])
      await expect(directory.find(who, 'a/m', signal)).rejects.toMatchObject({ code: 'MODELS_NOT_ALLOWED' });
  });

  it('is nobody for new ones where these are hidden, until a rule enables them', async () => {
    const world: World = { settings: { newModels: 'hidden' }, rules: { 'a/n': { enabled: true } } };
    const { directory, ids } = start(two, world);
    expect(await ids()).toEqual(['a/n']);
    await expect(directory.find(ann, 'a/m', signal)).rejects.toMatchObject({ code: 'MODELS_NOT_ALLOWED' });
  });

  it('is who has one of its roles, and administrators; the others see why not', async () => {
    const { directory } = start(two, { rules: { 'a/m': { roles: ['staff'] } } });
    const unavailable = async (who: typeof ann) => (await directory.list(who, signal)).items[0]?.unavailable;
    expect(await unavailable(ann)).toContain('some people only');
    expect(await unavailable(cora)).toBeUndefined();
    expect(await unavailable(root)).toBeUndefined();
    await expect(directory.find(ann, 'a/m', signal)).rejects.toMatchObject({ code: 'MODELS_NOT_ALLOWED' });
    await expect(directory.find(cora, 'a/m', signal)).resolves.toMatchObject({ model: 'm' });
  });

  it('holds for a model whose provider can not list now', async () => {
    const { directory } = start({ a: { models: new Error('down') } }, { rules: { 'a/m': { roles: ['staff'] } } });
    await expect(directory.find(ann, 'a/m', signal)).rejects.toMatchObject({ code: 'MODELS_NOT_ALLOWED' });
    await expect(directory.find(cora, 'a/m', signal)).resolves.toMatchObject({ isListed: false });
  });

  it('leaves the default to what can be used', async () => {
    const pick = async (world: World, who = ann) => (await start(two, world).directory.list(who, signal)).default;
    expect(await pick({ settings: { defaultModel: 'a/n' } })).toBe('a/n');
    expect(await pick({ settings: { defaultModel: 'a/gone' } })).toBe('a/m');
    const rules = { 'a/n': { roles: ['staff'] } };
    expect(await pick({ settings: { defaultModel: 'a/n' }, rules })).toBe('a/m');
    expect(await pick({ settings: { defaultModel: 'a/n' }, rules }, cora)).toBe('a/n');
  });
});

describe('a name for other models', () => {
  const alias = (standsFor: string[]) => ModelInfo.parse({ id: 'fast', name: 'Fast', standsFor });
  const info = (id: string, contextWindowTokens: number, abilities: ModelInfo['abilities']) =>
    ModelInfo.parse({ id, name: id, contextWindowTokens, abilities });
  const providers = (standsFor: string[]) => ({
    auto: { models: [alias(standsFor)] },
    a: { models: [info('m', 100, { vision: true, tools: true }), info('n', 200, { tools: true })] },
  });
  const fast = async (standsFor: string[], world: World = {}) =>
    (await start(providers(standsFor), world).directory.list(ann, signal)).items.find(({ id }) => id === 'auto/fast');

  it('can what each of them can', async () => {
    expect(await fast(['a/m', 'a/n'])).toMatchObject({
      contextWindowTokens: 100,
      abilities: { vision: false, tools: true },
    });
  });

  it('stands for those that can be used, and can not be picked without any', async () => {
    expect(await fast(['a/m', 'a/n', 'b/x'], { rules: { 'a/n': { enabled: false } } })).toMatchObject({
      abilities: { vision: true },
    });
    expect(await fast(['b/x'])).toMatchObject({ unavailable: expect.stringContaining('None') });
  });

  it('is shown where new models are hidden, and is no default by itself', async () => {
    const { directory } = start(providers(['a/m']), { settings: { newModels: 'hidden' } });
    const { items } = await directory.list(ann, signal);
    expect(items).toMatchObject([{ id: 'auto/fast' }]);
    expect((await start(providers(['a/m'])).directory.list(ann, signal)).default).toBe('a/m');
  });
});
