import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { secret } from '@parley/contracts';
import type { Change, Secret } from '@parley/contracts';
import { createKernel, definePlugin } from '@parley/kernel';
import type { PluginUse } from '@parley/kernel';
import * as z from 'zod';
import { createCompositionManager } from './serve-composition.ts';
import type { Author } from './manager-api.ts';
import { createSeal } from './seal.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const KEY = new Uint8Array(32).fill(7);
const admin: Author = { by: 'ada', via: 'api' };
const operator: Author = { by: 'operator', via: 'socket' };

const settings: Record<string, unknown>[] = [];
const greeter = definePlugin({
  id: 'greeter',
  version: '1.0.0',
  kernel: '^1.0.0',
  config: z
    .object({
      greeting: z.string().default('hello'),
      limits: z.object({ maxWords: z.number().default(3) }).prefault({}),
      token: secret().optional(),
    })
    .prefault({}),
  setup(ctx) {
    settings.push(ctx.config);
  },
});
const other = definePlugin({ id: 'other', version: '1.0.0', kernel: '^1.0.0', setup() {} });

/** A manager over a running kernel. */
async function start({
  dataDir = mkdtempSync(join(tmpdir(), 'parley-manager-')),
  config = '',
  key = KEY,
  given = [{ plugin: greeter }, { plugin: other }] as readonly PluginUse[] | undefined,
} = {}) {
  const configFile = config === '' ? undefined : join(dataDir, 'parley.config.yaml');
  if (configFile !== undefined) writeFileSync(configFile, config);
  const options = { dataDir, configFile, env: {}, given, bindings: {}, seal: createSeal(key), log: silent };
  const manager = createCompositionManager(options);
  const kernel = createKernel({
    ...(await manager.first()),
    configSource: manager.source,
    log: () => silent,
    dataDir,
    deriveKey: () => KEY,
    fetchFor: () => fetch,
    grantDeclared: true,
  });
  manager.serve(kernel);
  await kernel.start();
  const stateOf = (id: string) => kernel.graph().plugins.find((plugin) => plugin.id === id)?.state;
  const apply = (...changes: Change[]) => manager.apply({ changes }, admin);
  return { manager, kernel, dataDir, configFile, stateOf, apply };
}

const present = () => settings.at(-1) as { greeting: string; limits: { maxWords: number }; token?: Secret };

describe('changes while serving', () => {
  it('disable and enable a plugin', async () => {
    const { apply, stateOf } = await start();
    await apply({ do: 'disable', id: 'other' });
    expect(stateOf('other')).toBeUndefined();
    await apply({ do: 'enable', id: 'other' });
    expect(stateOf('other')).toBe('ready');
  });

  it('change the settings they name and keep the others', async () => {
    const { apply } = await start({ config: 'plugins:\n  - use: greeter\n    config: { greeting: hi }\n' });
    await apply({ do: 'configure', id: 'greeter', settings: { limits: { maxWords: 9 } } });
    expect(present()).toMatchObject({ greeting: 'hi', limits: { maxWords: 9 } });
    await apply({ do: 'configure', id: 'greeter', settings: { greeting: 'hey' } });
    expect(present()).toMatchObject({ greeting: 'hey', limits: { maxWords: 9 } });
    await apply({ do: 'configure', id: 'greeter', settings: { greeting: null } });
    expect(present()).toMatchObject({ greeting: 'hi', limits: { maxWords: 9 } });
  });

  it('are there after the next start', async () => {
    const first = await start();
    await first.apply(
      { do: 'configure', id: 'greeter', settings: { token: 'swordfish' } },
      { do: 'disable', id: 'other' },
    );
    const second = await start({ dataDir: first.dataDir });
    expect(present().token?.reveal()).toBe('swordfish');
    expect(second.stateOf('other')).toBeUndefined();
    expect(second.manager.version()).toBe(1);
  });

  it('leave no secret on the disk, and no file for others to read', async () => {
    const { apply, dataDir } = await start();
    await apply({ do: 'configure', id: 'greeter', settings: { token: 'swordfish' } });
    const file = join(dataDir, 'composition.json');
    expect(readFileSync(file, 'utf8')).not.toContain('swordfish');
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('keep a secret that comes back as its placeholder', async () => {
    const { apply } = await start();
    await apply({ do: 'configure', id: 'greeter', settings: { token: 'swordfish' } });
    await apply({ do: 'configure', id: 'greeter', settings: { token: { $secret: true }, greeting: 'ahoy' } });
    expect(present().greeting).toBe('ahoy');
    expect(present().token?.reveal()).toBe('swordfish');
  });

  it('refuse a placeholder nothing stands behind', async () => {
    const { apply } = await start();
    const change = apply({ do: 'configure', id: 'greeter', settings: { token: { $secret: true } } });
    await expect(change).rejects.toMatchObject({ code: 'KERNEL_CHANGE_REFUSED' });
  });

  it('change nothing when one of them does not fit', async () => {
    const { apply, stateOf, manager } = await start();
    const change = apply(
      { do: 'disable', id: 'other' },
      { do: 'configure', id: 'greeter', settings: { limits: { maxWords: 'many' } } },
    );
    await expect(change).rejects.toMatchObject({
      code: 'KERNEL_CHANGE_REFUSED',
      message: expect.stringContaining('greeter.limits.maxWords'),
    });
    expect(stateOf('other')).toBe('ready');
    expect(manager.version()).toBe(0);
  });

  it('name a plugin that is not there', async () => {
    const { apply } = await start();
    await expect(apply({ do: 'enable', id: 'nobody' })).rejects.toMatchObject({ code: 'KERNEL_ENTRY_NOT_FOUND' });
  });

  it('can be taken back as a whole', async () => {
    const { apply, stateOf } = await start();
    await apply({ do: 'disable', id: 'other' }, { do: 'configure', id: 'greeter', settings: { greeting: 'x' } });
    await apply({ do: 'restore', id: 'other' });
    expect(stateOf('other')).toBe('ready');
    await expect(apply({ do: 'remove', id: 'other' })).rejects.toMatchObject({ code: 'KERNEL_ENTRY_FIXED' });
  });
});

describe('a plan', () => {
  it('says what would be done, touches nothing, and is fulfilled as planned', async () => {
    const { manager, stateOf } = await start();
    const wish = { changes: [{ do: 'disable' as const, id: 'other' }] };
    const planned = await manager.plan(wish, admin);
    expect(planned.plan.changes).toMatchObject([{ pluginId: 'other', action: 'stop' }]);
    expect(stateOf('other')).toBe('ready');
    await manager.apply(wish, admin, planned.id);
    expect(stateOf('other')).toBeUndefined();
  });

  it('is void once something else has changed', async () => {
    const { manager, apply } = await start();
    const wish = { changes: [{ do: 'disable' as const, id: 'other' }] };
    const planned = await manager.plan(wish, admin);
    await apply({ do: 'configure', id: 'greeter', settings: { greeting: 'x' } });
    await expect(manager.apply(wish, admin, planned.id)).rejects.toMatchObject({ code: 'KERNEL_PLAN_OUTDATED' });
  });
});

describe('the history', () => {
  it('tells who did what, without values, and leads back', async () => {
    const { manager, apply, stateOf } = await start();
    await apply({ do: 'disable', id: 'other' });
    await apply({ do: 'configure', id: 'greeter', settings: { token: 'swordfish' } });
    expect(manager.history()).toMatchObject([
      { version: 2, by: 'ada', via: 'api', summary: 'configure greeter: token', isCurrent: true },
      { version: 1, by: 'ada', via: 'api', summary: 'disable other', isCurrent: false },
      { version: 0, via: 'start' },
    ]);
    await manager.apply({ to: 0 }, operator);
    expect(stateOf('other')).toBe('ready');
    expect(present().token).toBeUndefined();
    expect(manager.version()).toBe(3);
    await expect(manager.apply({ to: 77 }, operator)).rejects.toMatchObject({ code: 'KERNEL_VERSION_NOT_FOUND' });
  });

  it('keeps a hundred versions', async () => {
    const { manager, apply } = await start();
    for (let turn = 0; turn < 105; turn += 1) await apply({ do: turn % 2 ? 'enable' : 'disable', id: 'other' });
    expect(manager.history()).toHaveLength(100);
    expect(manager.history()[0]).toMatchObject({ version: 105 });
  });
});

describe('the config file', () => {
  const config = 'plugins:\n  - use: greeter\n    config: { greeting: one }\n';

  it('is taken over when it has changed', async () => {
    const { manager, configFile = '' } = await start({ config });
    writeFileSync(configFile, config.replace('one', 'two'));
    await manager.readFileAgain();
    expect(present().greeting).toBe('two');
    expect(manager.history()[0]).toMatchObject({ by: 'file', via: 'file' });
  });

  it('that is broken changes nothing and is told, until it is repaired', async () => {
    const { manager, configFile = '', stateOf } = await start({ config });
    writeFileSync(configFile, config.replace('greeting:', 'greting:'));
    await manager.readFileAgain();
    expect(stateOf('greeter')).toBe('ready');
    expect(manager.problems().join()).toContain(`${configFile}:3: greeter.greting: unknown setting`);
    writeFileSync(configFile, config);
    await manager.readFileAgain();
    expect(manager.problems()).toEqual([]);
  });

  it('stands below the changes made while serving', async () => {
    const { manager, apply, configFile = '' } = await start({ config });
    await apply({ do: 'configure', id: 'greeter', settings: { greeting: 'mine' } });
    writeFileSync(configFile, config.replace('one', 'two'));
    await manager.readFileAgain();
    expect(present().greeting).toBe('mine');
    await apply({ do: 'restore', id: 'greeter' });
    expect(present().greeting).toBe('two');
  });
});

describe('what can not be used', () => {
  it('keeps its plugin down and nothing else: secrets sealed with another key', async () => {
    const first = await start();
    await first.apply({ do: 'configure', id: 'greeter', settings: { token: 'swordfish' } });
    const second = await start({ dataDir: first.dataDir, key: new Uint8Array(32).fill(8) });
    expect(second.stateOf('greeter')).toBeUndefined();
    expect(second.stateOf('other')).toBe('ready');
    expect(second.manager.problems().join()).toContain('another root key');
  });

  it('keeps its plugin down and nothing else: settings a new version does not take', async () => {
    const first = await start();
    await first.apply({ do: 'configure', id: 'greeter', settings: { greeting: 'x' } });
    const newer = { ...greeter, config: z.object({}).prefault({}) } as typeof greeter;
    const second = await start({ dataDir: first.dataDir, given: [{ plugin: newer }, { plugin: other }] });
    expect(second.stateOf('greeter')).toBeUndefined();
    expect(second.manager.problems().join()).toContain('greeter.greeting: unknown setting');
  });

  it('is a composition file that is broken: the host says which and what to do', async () => {
    const { dataDir } = await start();
    writeFileSync(join(dataDir, 'composition.json'), '{"formatVersion":1');
    await expect(start({ dataDir })).rejects.toMatchObject({ code: 'HOST_BAD_COMPOSITION' });
  });
});

describe('code from elsewhere', () => {
  const SOURCE = "export default { id: 'acme.hello', version: '1.0.0', kernel: '^1.0.0', setup() {} };";

  it('may be added by the operator and not through the page', async () => {
    const { manager, dataDir, stateOf } = await start();
    const use = join(dataDir, 'hello.mjs');
    writeFileSync(use, SOURCE);
    const wish = { changes: [{ do: 'add' as const, use }] };
    await expect(manager.apply(wish, admin)).rejects.toMatchObject({ code: 'KERNEL_CHANGE_REFUSED' });
    await manager.apply(wish, operator);
    expect(stateOf('acme.hello')).toBe('ready');
    await manager.apply({ changes: [{ do: 'remove', id: 'acme.hello' }] }, admin);
    expect(stateOf('acme.hello')).toBeUndefined();
  });

  it('takes the place of earlier code by an update, and only then', async () => {
    const { manager, dataDir, kernel } = await start();
    const versionOf = () => kernel.graph().plugins.find(({ id }) => id === 'acme.hello')?.version;
    const [first, second] = ['first.mjs', 'second.mjs'].map((name) => join(dataDir, name)) as [string, string];
    writeFileSync(first, SOURCE);
    writeFileSync(second, SOURCE.replace("version: '1.0.0'", "version: '1.1.0'"));
    await manager.apply({ changes: [{ do: 'add', use: first }] }, operator);
    const wish = { changes: [{ do: 'update' as const, id: 'acme.hello', use: second }] };
    expect((await manager.plan(wish, operator)).plan.changes).toMatchObject([
      { action: 'replace', fromVersion: '1.0.0', toVersion: '1.1.0' },
    ]);
    await manager.apply({ changes: [{ do: 'disable', id: 'other' }] }, operator);
    expect(versionOf()).toBe('1.0.0');
    await manager.apply(wish, operator);
    expect(versionOf()).toBe('1.1.0');
    await manager.apply({ to: 1 }, operator);
    expect(versionOf()).toBe('1.0.0');
  });
});

describe('what was not granted', () => {
  const SOURCE = `export default { id: 'acme.net', version: '1.0.0', kernel: '^1.0.0',
    permissions: { network: ['api.example.com'] }, setup() {} };`;

  it('keeps its plugin down and nothing else, with the command that grants it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-manager-'));
    writeFileSync(join(dataDir, 'net.mjs'), SOURCE);
    const config = 'plugins:\n  - use: ./net.mjs\n    grants: { hooks: [] }\n';
    const { manager, stateOf } = await start({ dataDir, config });
    expect(stateOf('other')).toBe('ready');
    expect(stateOf('acme.net')).toBeUndefined();
    expect(manager.problems().join()).toContain('parley plugin grant acme.net --network api.example.com');
    const grants = { network: ['api.example.com'] };
    await manager.apply({ changes: [{ do: 'grant', id: 'acme.net', grants }] }, admin);
    expect(stateOf('acme.net')).toBe('ready');
    expect(manager.problems()).toEqual([]);
  });
});
