import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPrincipal, defineEntity, ownedRecords } from '@parley/contracts';
import type { OwnedRecords } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin, PluginContext, PluginUse } from '@parley/kernel';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost } from '@parley/testing';
import * as z from 'zod';

const diary = defineEntity({
  name: 'diary',
  version: 1,
  scope: 'user',
  schema: z.object({ text: z.string(), pin: z.string() }),
  secret: ['pin'],
  indexes: [{ fields: ['text'], unique: true }],
});
const shared = defineEntity({ name: 'shared', version: 1, scope: 'tenant', schema: z.object({ text: z.string() }) });

/** Keeps diaries; `write` puts some in. */
function createKeeper() {
  let ctx: PluginContext<undefined> | undefined;
  const keeper = definePlugin({
    id: 'keeper',
    version: '1.0.0',
    kernel: '^1.0.0',
    entities: [diary, shared],
    setup: (given) => void (ctx = given),
  });
  const storeOf = (ownerId: string) => {
    if (!ctx) throw new Error('the keeper has not started');
    return ctx.store(diary, createPrincipal({ kind: 'user', id: ownerId }));
  };
  const write = (ownerId: string, count: number) =>
    storeOf(ownerId).insertMany(
      Array.from({ length: count }, (_, index) => ({ text: `${ownerId} ${index}`, pin: 'secret 1234' })),
    );
  return { keeper, write };
}

/** Uses the capability, and lends it to the test. */
function createUser() {
  let records: OwnedRecords | undefined;
  const user = definePlugin({
    id: 'user',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { records: ownedRecords },
    setup: (_ctx, deps) => void (records = deps.records),
  });
  return { user, records: () => records };
}

const ann = { tenantId: 'default', ownerId: 'ann' };
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-owned-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function start(plugins: readonly (AnyPlugin | PluginUse)[]) {
  const { user, records } = createUser();
  const host = await startTestHost({ plugins: [storageSqlite, user, ...plugins], dataDir });
  return { host, records: () => records() as OwnedRecords };
}

/** A database with records of ann and bob, whose plugin does not run any more. */
async function startWithoutKeeper() {
  const { keeper, write } = createKeeper();
  const { host } = await start([keeper]);
  await write('ann', 450);
  await write('bob', 3);
  await host.stop();
  return start([]);
}

describe('owned records', () => {
  it('are counted and deleted of plugins that do not run, and nobody else loses any', async () => {
    const { host, records } = await startWithoutKeeper();
    expect(await records().count(ann)).toEqual([{ collection: 'keeper.diary', count: 450 }]);
    expect(await records().delete(ann)).toEqual([{ collection: 'keeper.diary', count: 450 }]);
    expect(await records().count(ann)).toEqual([]);
    expect(await records().delete(ann)).toEqual([]);
    expect(await records().count({ ...ann, ownerId: 'bob' })).toEqual([{ collection: 'keeper.diary', count: 3 }]);
    await host.stop();
  });

  it('come in batches, the oldest first, without what is secret', async () => {
    const { host, records } = await startWithoutKeeper();
    const texts: unknown[] = [];
    for await (const { collection, records: batch } of records().stream(ann)) {
      expect(collection).toBe('keeper.diary');
      expect(batch.length).toBeLessThanOrEqual(200);
      expect(JSON.stringify(batch)).not.toContain('secret 1234');
      texts.push(...batch.map(({ text }) => text));
    }
    expect(texts).toEqual(Array.from({ length: 450 }, (_, index) => `ann ${index}`));
    await host.stop();
  });

  it('are of one tenant', async () => {
    const { host, records } = await startWithoutKeeper();
    expect(await records().count({ ...ann, tenantId: 'elsewhere' })).toEqual([]);
    expect(await records().delete({ ...ann, tenantId: 'elsewhere' })).toEqual([]);
    expect(await records().count(ann)).toHaveLength(1);
    await host.stop();
  });

  it('leave the collections as their plugin made them', async () => {
    const { host, records } = await startWithoutKeeper();
    await records().delete(ann);
    await host.stop();
    const { keeper, write } = createKeeper();
    const again = await start([keeper]);
    await write('ann', 1);
    await expect(write('ann', 1)).rejects.toMatchObject({ code: 'STORAGE_DUPLICATE' });
    expect(await again.records().count(ann)).toEqual([{ collection: 'keeper.diary', count: 1 }]);
    await again.host.stop();
  });

  it('are out of reach for a plugin that was not granted them, and its try is noted', async () => {
    const { user, records } = createUser();
    const host = await startTestHost({ plugins: [storageSqlite, { plugin: user, grants: {} }] });
    const node = host.kernel.graph().plugins.find(({ id }) => id === 'user');
    expect(node).toMatchObject({ state: 'failed', reason: expect.stringContaining('owned-records') });
    expect(records()).toBeUndefined();
    expect(host.kernel.denials()).toEqual([
      expect.objectContaining({ pluginId: 'user', permission: 'capability', what: 'the capability owned-records' }),
    ]);
    await host.stop();
  });
});
