import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditEvent, isAppError, modelFacts, modelProvider, ModelInfo } from '@parley/contracts';
import type { AuditEvent, ModelFacts } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { eventsContract } from '@parley/plugin-events/contract';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import { modelDirectory, modelsContract } from '@parley/plugin-models/contract';
import type { ModelDirectory } from '@parley/plugin-models/contract';
import models from '@parley/plugin-models/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestUser } from '@parley/testing';

const audited: AuditEvent[] = [];
let offered = ['small'];
let directory: ModelDirectory;

const facts: ModelFacts = { abilities: { tools: true }, source: 'https://example.org/', asOf: '2026-01-01' };
/** A provider whose models change, what is known of them, and somebody who keeps accounts of changes. */
const world = definePlugin({
  id: 'world',
  version: '1.0.0',
  kernel: '^1.0.0',
  provides: [modelProvider, modelFacts],
  requires: { models: modelDirectory },
  hooks: [auditEvent],
  setup(ctx, deps) {
    directory = deps.models;
    ctx.provide(modelFacts, { lookup: (family, id) => (`${family}/${id}` === 'acme/small' ? facts : undefined) }, {});
    ctx.provide(
      modelProvider,
      {
        listModels: async () => offered.map((id) => ModelInfo.parse({ id, name: id })),
        parameters: async (model) => ({ type: 'object', properties: { [model]: { type: 'number' } } }),
        stream: () => {
          throw new Error('unused');
        },
      },
      { title: 'Acme', family: 'acme' },
      'acme',
    );
    ctx.on(auditEvent, (event) => void audited.push(event));
  },
});

const plugins = [storageSqlite, cacheMemory, identity, authLocal, events, models];
let host: TestHost;
let root: TestUser;
let ann: TestUser;
beforeAll(async () => {
  host = await startTestHost({ plugins: [...plugins, world] });
  root = await host.admin('Root');
  ann = await host.user('Ann');
});
afterAll(async () => void (await host.stop()));

const admin = () => root.client(modelsContract);
const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isAppError(error) ? `${error.status} ${error.code}` : String(error);
  }
};
const small = async (who = ann) =>
  (await who.client(modelsContract).list({})).items.find(({ id }) => id === 'acme/small');

describe('the rules of models', () => {
  it('count at once, for everybody, until they are taken back', async () => {
    const saved = await admin().setRule({ model: 'acme/small', rule: { name: 'Tiny', inputUsdPerMillion: 0 } });
    expect(saved).toEqual({ rule: { name: 'Tiny', inputUsdPerMillion: 0 }, rev: 1 });
    expect(await small()).toMatchObject({ name: 'Tiny', inputUsdPerMillion: 0 });
    expect(await admin().setRule({ model: 'acme/small', rule: null })).toEqual({});
    expect(await small()).toMatchObject({ name: 'small' });
  });

  it('show side by side who says what', async () => {
    await admin().setRule({ model: 'acme/small', rule: { enabled: true } });
    await admin().setRule({ model: 'acme/gone', rule: { enabled: false } });
    const { items } = await admin().manage({});
    expect(items.find(({ model }) => model.id === 'acme/small')).toMatchObject({
      listed: { id: 'small' },
      facts: { source: 'https://example.org/' },
      rule: { enabled: true },
    });
    const gone = items.find(({ model }) => model.id === 'acme/gone');
    expect(gone).toMatchObject({ rule: { enabled: false }, model: { unavailable: expect.any(String) } });
    expect(gone?.listed).toBeUndefined();
    await admin().setRule({ model: 'acme/gone', rule: null });
  });

  it('are not set over what somebody else has changed meanwhile', async () => {
    const { rev = 0 } = await admin().setRule({ model: 'acme/small', rule: { name: 'One' } });
    await admin().setRule({ model: 'acme/small', rule: { name: 'Two' }, rev });
    expect(await codeOf(admin().setRule({ model: 'acme/small', rule: { name: 'Three' }, rev }))).toBe(
      '409 MODELS_CHANGED',
    );
    await admin().setRule({ model: 'acme/small', rule: null });
    expect(await codeOf(admin().setRule({ model: 'acme/small', rule: {}, rev }))).toBe('409 MODELS_CHANGED');
  });

  it('are seen and set by who may manage models, and by nobody else', async () => {
    const client = ann.client(modelsContract);
    const denied = [
      client.manage({}),
      client.setRule({ model: 'acme/small', rule: {} }),
      client.setSettings({ settings: { newModels: 'hidden' }, rev: 0 }),
    ];
    expect(await Promise.all(denied.map(codeOf))).toEqual(Array.from(denied, () => '403 HOST_FORBIDDEN'));
  });

  it('leave an account of each change', async () => {
    audited.splice(0);
    const { rev } = await admin().setRule({ model: 'acme/small', rule: { name: 'Tiny' } });
    await admin().setRule({ model: 'acme/small', rule: null });
    const { id: principalId } = root.user;
    const change = { kind: 'changed', pluginId: 'models', principalId, what: 'rule acme/small' };
    expect(audited).toMatchObject([{ ...change, rev }, change]);
  });
});

describe('the settings of models', () => {
  it('say what becomes of new models and which one is the default', async () => {
    const { settings, rev } = await admin().manage({});
    expect([settings, rev]).toEqual([{ newModels: 'shown' }, 0]);
    const hidden = await admin().setSettings({ settings: { newModels: 'hidden', defaultModel: 'acme/small' }, rev });
    expect(await small()).toBeUndefined();
    await admin().setRule({ model: 'acme/small', rule: { enabled: true } });
    expect((await ann.client(modelsContract).list({})).default).toBe('acme/small');
    expect(await codeOf(admin().setSettings({ settings: { newModels: 'shown' }, rev }))).toBe('409 MODELS_CHANGED');
    await admin().setSettings({ settings: { newModels: 'shown' }, rev: hidden.rev });
    await admin().setRule({ model: 'acme/small', rule: null });
  });
});

describe('the parameters of a model', () => {
  const parameters = (model: string) => ann.client(modelsContract).parameters({ model });

  it('are those that its provider names', async () => {
    expect((await parameters('acme/small')).schema).toMatchObject({ properties: { small: { type: 'number' } } });
  });

  it('are told to who may use it', async () => {
    await admin().setRule({ model: 'acme/small', rule: { roles: [] } });
    expect(await codeOf(parameters('acme/small'))).toBe('403 MODELS_NOT_ALLOWED');
    await admin().setRule({ model: 'acme/small', rule: null });
    expect(await codeOf(parameters('acme/none'))).toBe('422 MODELS_UNKNOWN');
  });
});

describe('a provider with other models', () => {
  it('is asked again, and open pages look again', async () => {
    await small();
    offered = ['small', 'large'];
    const leaving = new AbortController();
    const stream = ann.client(eventsContract).stream({}, { signal: leaving.signal })[Symbol.asyncIterator]();
    const first = stream.next();
    // The stream may be open a moment after the request.
    for (let rung: unknown; rung === undefined; rung = await Promise.race([first, Promise.resolve(undefined)])) {
      await directory.refresh('acme');
      await ann.client(modelsContract).list({});
    }
    expect((await first).value?.event).toMatchObject({ topic: 'models', id: 'acme' });
    leaving.abort();
    await stream.return?.().catch(() => undefined);
    expect((await ann.client(modelsContract).list({})).items.map(({ id }) => id)).toEqual(['acme/small', 'acme/large']);
  });
});

describe('the plugin', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(models, { plugins: plugins.filter((plugin) => plugin !== models) });
  });
});
