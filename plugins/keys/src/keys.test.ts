import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAppError, modelErrors, ModelInfo, modelProvider, secret } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { authLocalContract } from '@parley/plugin-auth-local/contract';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import { keysContract } from '@parley/plugin-keys/contract';
import keys from '@parley/plugin-keys/server';
import { modelsContract } from '@parley/plugin-models/contract';
import models from '@parley/plugin-models/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestSession, TestUser } from '@parley/testing';
import * as z from 'zod';

const GOOD = 'sk-good-CANARY-1234';
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return isAppError(error) ? `${error.status} ${error.code}` : String(error);
  }
  return 'no error';
};

/** A provider whose models depend on the key; `down` stands for one that can't be reached. */
const sample = (from: 'user' | 'operator' | 'both') =>
  definePlugin({
    id: `provider-${from}`,
    version: '1.0.0',
    kernel: '^1.0.0',
    provides: [modelProvider],
    setup(ctx) {
      const listModels = async (_signal: AbortSignal, credentials?: Credentials) => {
        const apiKey = credentials?.['apiKey'];
        if (apiKey === undefined) throw modelErrors.NEEDS_KEY({ provider: from });
        if (apiKey.startsWith('down')) throw modelErrors.UNAVAILABLE({ provider: from });
        if (!apiKey.startsWith('sk-good')) throw modelErrors.AUTH({ provider: from });
        return [ModelInfo.parse({ id: 'm', name: 'M' })];
      };
      const stream = () => {
        throw new Error('unused');
      };
      const schema = z.toJSONSchema(z.object({ apiKey: secret(), site: z.string().max(20).optional() }), {
        io: 'input',
      });
      const credentials = { from, schema: schema as z.output<typeof jsonObject>, site: 'https://example.org/keys' };
      ctx.provide(modelProvider, { listModels, stream }, { title: `Sample ${from}`, credentials }, from);
    },
  });
const jsonObject = z.record(z.string(), z.json());

const plugins = [
  storageSqlite,
  cacheMemory,
  identity,
  authLocal,
  events,
  models,
  keys,
  ...(['user', 'operator', 'both'] as const).map(sample),
];
let folder: string;
let host: TestHost;
let root: TestUser;
let ann: TestUser;
let ben: TestUser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-keys-'));
  host = await startTestHost({ plugins, dataDir: folder });
  root = await host.admin('Root');
  ann = await host.user('Ann');
  ben = await host.user('Ben');
});
afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

const modelsOf = async (person: TestSession) =>
  (await person.client(modelsContract).list({})).items.map(({ id }) => id).toSorted();

describe('the key of a person', () => {
  it('is asked of the provider, kept, and makes its models appear for this person alone', async () => {
    expect(await modelsOf(ann)).toEqual([]);
    const status = await ann.client(keysContract).set({ provider: 'user', values: { apiKey: ` ${GOOD} ` } });
    expect(status).toMatchObject({ state: 'ok', hint: '…1234', checkedAt: expect.any(String) });
    expect(await modelsOf(ann)).toEqual(['user/m']);
    expect(await modelsOf(ben)).toEqual([]);
  });

  it('never comes back, not even to its owner', async () => {
    const list = await ann.client(keysContract).list({});
    expect(list.items).toMatchObject([
      { provider: 'user', title: 'Sample user', own: { hint: '…1234', state: 'ok' }, isShared: false },
      { provider: 'both', isShared: false },
    ]);
    expect(JSON.stringify(list)).not.toContain('CANARY');
  });

  it('is not saved when the provider refuses it', async () => {
    const set = ann.client(keysContract).set({ provider: 'both', values: { apiKey: 'sk-bad-CANARY' } });
    expect(await codeOf(set)).toBe('422 KEYS_REFUSED');
    const { items } = await ann.client(keysContract).list({});
    expect(items.find(({ provider }) => provider === 'both')?.own).toBeUndefined();
  });

  it('is saved with the reason when the provider can not be asked, and may be asked about again', async () => {
    const set = { provider: 'both', values: { apiKey: 'down-CANARY-0000' } };
    const status = await ben.client(keysContract).set(set);
    expect(status).toMatchObject({ state: 'unchecked', reason: expect.stringContaining('could not be reached') });
    expect(await ben.client(keysContract).check({ provider: 'both' })).toMatchObject({ state: 'unchecked' });
    await ben.client(keysContract).set({ ...set, values: { apiKey: GOOD } });
    expect(await ben.client(keysContract).check({ provider: 'both' })).toMatchObject({ state: 'ok' });
    await ben.client(keysContract).remove({ provider: 'both' });
    expect(await modelsOf(ben)).toEqual([]);
  });

  it.each([
    ['no key', {}, 'apiKey'],
    ['an empty one', { apiKey: '   ' }, 'apiKey'],
    ['a field there is not', { apiKey: GOOD, extra: 'x' }, 'extra'],
    ['a field that is too long', { apiKey: GOOD, site: 'x'.repeat(21) }, 'site'],
    ['__proto__', { apiKey: GOOD, ['__proto__x']: 'x' }, '__proto__x'],
  ])('is refused with %s', async (_name, values, field) => {
    const set = ann.client(keysContract).set({ provider: 'both', values });
    await expect(set).rejects.toMatchObject({ code: 'KEYS_INVALID', message: expect.stringContaining(field) });
  });

  it('can not be given to a provider that takes only one of the operator, or to none', async () => {
    for (const provider of ['operator', 'nobody']) {
      const set = ann.client(keysContract).set({ provider, values: { apiKey: GOOD } });
      expect(await codeOf(set)).toBe('404 KEYS_UNKNOWN_PROVIDER');
    }
  });

  it('is nothing to somebody else', async () => {
    expect(await codeOf(ben.client(keysContract).remove({ provider: 'user' }))).toBe('404 KEYS_NOT_SET');
    expect(await codeOf(ben.client(keysContract).check({ provider: 'user' }))).toBe('404 KEYS_NOT_SET');
    expect(await codeOf(host.session().client(keysContract).list({}))).toMatch(/^401 /);
  });
});

describe('the key that all share', () => {
  it('is for administrators to set, and gives everybody its models', async () => {
    const set = { provider: 'operator', values: { apiKey: GOOD } };
    expect(await codeOf(ann.client(keysContract).setShared(set))).toMatch(/^403 /);
    expect(await codeOf(ann.client(keysContract).listShared({}))).toMatch(/^403 /);
    expect(await root.client(keysContract).setShared(set)).toMatchObject({ state: 'ok' });
    expect(await modelsOf(ben)).toEqual(['operator/m']);
    const { items } = await root.client(keysContract).listShared({});
    expect(items).toMatchObject([{ provider: 'operator', shared: { state: 'ok' } }, { provider: 'both' }]);
    expect(JSON.stringify(items)).not.toContain('CANARY');
  });

  it('gives way to the own one', async () => {
    await root.client(keysContract).setShared({ provider: 'both', values: { apiKey: 'down-shared' } });
    expect(await modelsOf(ann)).toEqual(['operator/m', 'user/m']);
    await ann.client(keysContract).set({ provider: 'both', values: { apiKey: GOOD } });
    expect(await modelsOf(ann)).toEqual(['both/m', 'operator/m', 'user/m']);
    await root.client(keysContract).removeShared({ provider: 'both' });
  });
});

describe('what is kept', () => {
  const everything = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
      .join('');

  it('holds no key, nor does the log', () => {
    expect(everything()).not.toContain('CANARY');
    expect(JSON.stringify(host.logs)).not.toContain('CANARY');
  });

  it('is sealed again at the start under a new key id, and opens as before', async () => {
    await host.stop();
    host = await startTestHost({ plugins, dataDir: folder, config: { keys: { keyId: 'k2' } } });
    const again = host.session();
    await again.client(authLocalContract).signIn({ email: ann.email, password: ann.password });
    expect(await modelsOf(again)).toEqual(['both/m', 'operator/m', 'user/m']);
    const told = host.logs.filter(({ message }) => message.startsWith('Keys were sealed again'));
    expect(told).toMatchObject([{ count: 3, keyId: 'k2' }]);
  });
});

describe('the keys plugin', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(keys, {
      plugins: plugins.filter((plugin) => plugin !== keys && plugin !== models),
      exercise: async (other) => {
        const ada = await other.user('Ada');
        await ada.client(keysContract).list({});
      },
    });
  });
});
