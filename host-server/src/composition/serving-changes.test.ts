import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kernelContract, secret } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { createGate, script, startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import * as z from 'zod';
import { createControlClient, controlPath } from '../control/index.ts';

const vault = definePlugin({
  id: 'vault',
  version: '1.0.0',
  kernel: '^1.0.0',
  config: z.object({ token: secret().optional(), label: z.string().default('none') }).prefault({}),
  setup() {},
});

describe('a host that is changed while it serves', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-changes-'));
  const configFile = join(dataDir, 'parley.config.yaml');
  let host: TestHost;
  beforeAll(async () => {
    writeFileSync(configFile, 'plugins:\n  - use: vault\n    config: { label: one }\n');
    host = await startTestHost({
      plugins: [{ plugin: vault, config: { token: 'swordfish' } }],
      shipped: true,
      model: script`Hello`,
      dataDir,
      configFile,
    });
    await host.admin('ada');
  }, 20_000);
  afterAll(() => host.stop());
  const asAdmin = async () => (await host.admin('ada')).client(kernelContract);
  const asOperator = () => createControlClient(kernelContract, dataDir);
  const stateOf = (id: string) => host.kernel.graph().plugins.find((plugin) => plugin.id === id)?.state;
  const viewOf = async (id: string) => (await (await asAdmin()).plugins({})).plugins.find((each) => each.id === id);
  /** The next moment at which `isSo` holds. */
  const until = async (isSo: () => Promise<boolean>) => {
    for (;;) {
      const changed = Promise.withResolvers<void>();
      const stop = host.kernel.onChange(changed.resolve);
      const isDone = await isSo();
      if (!isDone) await changed.promise;
      stop();
      if (isDone) return;
    }
  };

  it('lets nobody in but administrators', async () => {
    const paths = ['graph', 'plugins', 'history', 'audit'];
    const asUser = await host.user('bob');
    for (const path of paths) {
      expect((await host.session().request(`/api/kernel/${path}`)).status).toBe(401);
      expect((await asUser.request(`/api/kernel/${path}`)).status).toBe(403);
    }
    const change = { changes: [{ do: 'disable' as const, id: 'notes' }] };
    await expect(host.session().client(kernelContract).apply(change)).rejects.toMatchObject({ status: 401 });
    await expect(asUser.client(kernelContract).apply(change)).rejects.toMatchObject({ status: 403 });
    expect(stateOf('notes')).toBe('ready');
  });

  it('shows every entry, its settings with their layers, and no secret', async () => {
    const view = await viewOf('vault');
    expect(view).toMatchObject({
      state: 'ready',
      isFirstParty: false,
      settings: { token: { $secret: true }, label: 'one' },
      settingsOrigin: { token: 'default', label: 'file' },
      settingsSchema: { properties: { label: { type: 'string' } } },
      permissions: { secrets: ['token'] },
    });
    const reply = await (await host.admin('ada')).request('/api/kernel/plugins');
    expect(await reply.text()).not.toContain('swordfish');
  });

  it('drops no answer while plugins are disabled, configured, enabled and taken back', async () => {
    const gate = createGate();
    host.model.answer(...script`Some ${gate} more`);
    const turn = host.user('bob').chat('Slowly');
    await gate.reached;
    const admin = await asAdmin();
    const { version } = await admin.plugins({});
    await admin.apply({ changes: [{ do: 'disable', id: 'notes' }] });
    await admin.apply({ changes: [{ do: 'configure', id: 'notes', settings: { maxNotesPerConversation: 7 } }] });
    await admin.apply({ changes: [{ do: 'enable', id: 'notes' }] });
    expect(await viewOf('notes')).toMatchObject({ state: 'ready', settings: { maxNotesPerConversation: 7 } });
    await admin.rollback({ to: version });
    expect(await viewOf('notes')).toMatchObject({ state: 'ready', settings: {}, isChanged: false });
    gate.open();
    await turn.expectText('Some more');
  });

  it('does what was planned, or nothing', async () => {
    const admin = await asAdmin();
    const changes = [{ do: 'disable' as const, id: 'notes' }];
    const plan = await admin.plan({ changes });
    expect(plan).toMatchObject({ changes: [{ pluginId: 'notes', action: 'stop' }], problems: [] });
    await admin.apply({ changes: [{ do: 'configure', id: 'vault', settings: { label: 'two' } }] });
    await expect(admin.apply({ changes, planId: plan.id })).rejects.toMatchObject({ code: 'KERNEL_PLAN_OUTDATED' });
    expect(stateOf('notes')).toBe('ready');
    await admin.apply({ changes: [{ do: 'restore', id: 'vault' }] });
  });

  it('refuses what others need', async () => {
    const admin = await asAdmin();
    const changes = [{ do: 'disable' as const, id: 'storage-sqlite' }];
    expect((await admin.plan({ changes })).problems.join()).toContain('storage-driver');
    await expect(admin.apply({ changes })).rejects.toMatchObject({ code: 'KERNEL_CHANGE_REFUSED', status: 400 });
  });

  it('follows its config file, and tells of one that is broken', async () => {
    const changed = until(async () => (await viewOf('vault'))?.settings['label'] === 'three');
    writeFileSync(configFile, 'plugins:\n  - use: vault\n    config: { label: three }\n');
    await changed;
    const operator = asOperator();
    writeFileSync(configFile, 'plugins:\n  - use: vault\n    config: { lable: four }\n');
    await expect(operator.apply({})).rejects.toMatchObject({
      code: 'KERNEL_CHANGE_REFUSED',
      message: expect.stringContaining(`${configFile}:3: vault.lable: unknown setting; did you mean label?`),
    });
    expect((await viewOf('vault'))?.settings['label']).toBe('three');
    writeFileSync(configFile, 'plugins:\n  - use: vault\n    config: { label: five }\n');
    await operator.apply({});
    expect((await viewOf('vault'))?.settings['label']).toBe('five');
  });

  it('serves the same to its operator on a socket that nobody else can open', async () => {
    expect(statSync(controlPath(dataDir)).mode & 0o777).toBe(0o600);
    const operator = asOperator();
    await operator.apply({ changes: [{ do: 'disable', id: 'xray' }] });
    expect(stateOf('xray')).toBeUndefined();
    expect((await operator.history({})).versions[0]).toMatchObject({
      by: 'operator',
      via: 'socket',
      summary: 'disable xray',
      isCurrent: true,
    });
    await operator.apply({ changes: [{ do: 'enable', id: 'xray' }] });
    await operator.reset({ id: 'xray' });
    await expect(operator.reset({ id: 'nobody' })).rejects.toMatchObject({ code: 'KERNEL_ENTRY_NOT_FOUND' });
  });

  it('writes every change into its log', () => {
    expect(host.logs).toContainEqual(
      expect.objectContaining({ message: 'The composition has changed', by: 'operator', summary: 'disable xray' }),
    );
    expect(JSON.stringify(host.logs)).not.toContain('swordfish');
  });
});
