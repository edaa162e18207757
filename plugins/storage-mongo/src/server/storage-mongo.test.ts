import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEntity, storageDriver } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { startTestHost, testPluginContract } from '@parley/testing';
import * as z from 'zod';
import { dropDatabase, newDatabase, sharedServer, stopSharedServer, whyNoServer } from './fixtures/shared-server.ts';
import plugin from './index.ts';

afterAll(stopSharedServer);

const pageEntity = defineEntity({ name: 'page', version: 1, scope: 'global', schema: z.object({ text: z.string() }) });
let reason: string | undefined;
beforeAll(async () => {
  reason = await whyNoServer();
}, 600_000);

describe('the plugin', () => {
  it('serves, says which server keeps the records, and takes new settings while it does', async () => {
    if (reason !== undefined) return console.info(`skipped: ${reason}`);
    const database = newDatabase();
    const config = { url: (await sharedServer()).url, database };
    await using host = await startTestHost({ plugins: [plugin], config: { 'storage-mongo': config } });
    expect(host.logs.map(({ message }) => message).join('\n')).toMatch(/records are kept by (FerretDB|MongoDB), /);
    await host.plugin('storage-mongo').configure({ ...config, sweepSeconds: 5 });
    await host.kernel.probe(5_000);
    expect(host.plugin('storage-mongo').node()).toMatchObject({ state: 'ready', health: { database: 'ok' } });
    await dropDatabase(database);
    return undefined;
  }, 60_000);

  it('serves the stores of other plugins and leaves nothing behind when it stops', async () => {
    if (reason !== undefined) return console.info(`skipped: ${reason}`);
    const database = newDatabase();
    const diary = definePlugin({
      id: 'diary',
      version: '1.0.0',
      kernel: '^1.0.0',
      requires: { storage: storageDriver },
      entities: [pageEntity],
      async setup(ctx) {
        const pages = ctx.store(pageEntity, ctx.system);
        await ctx.transaction(async (tx) => tx.store(pageEntity, ctx.system).insert({ text: 'one' }));
        expect(await pages.count({ text: 'one' })).toBeGreaterThan(0);
      },
    });
    const config = { 'storage-mongo': { url: (await sharedServer()).url, database } };
    await testPluginContract(plugin, { plugins: [diary], config });
    await dropDatabase(database);
    return undefined;
  }, 60_000);

  it('does not start without its server, and tells the host but not the password', async () => {
    const url = 'mongodb://ada:very-secret@127.0.0.1:1/';
    const config = { 'storage-mongo': { url, serverSelectionTimeoutMs: 200 } };
    const error = await startTestHost({ plugins: [plugin], config }).catch((thrown: unknown) => thrown);
    const told = error instanceof Error ? `${error.stack} ${JSON.stringify(error)}` : 'it started';
    expect(told).toContain('127.0.0.1:1');
    expect(told).not.toContain('very-secret');
  }, 60_000);
});
