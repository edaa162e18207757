import { describe, expect, it } from '@jest/globals';
import { KERNEL_MANAGE } from '@parley/contracts';
import admin from '@parley/plugin-admin/server';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost, testPluginContract } from '@parley/testing';

const others = [storageSqlite, cacheMemory, identity, authLocal];

describe('the admin plugin', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(admin, {
      plugins: others,
      exercise: async (host) => {
        await host.user('Ada');
      },
    });
  });

  it('shows its pages to who may change what runs, and to nobody else', async () => {
    await using host = await startTestHost({ plugins: [...others, admin] });
    const own = host.kernel.contributions().filter(({ pluginId }) => pluginId === 'admin');
    expect(own.map(({ key }) => key)).toContain('/admin/plugins');
    expect(own.filter(({ permission }) => permission !== KERNEL_MANAGE)).toEqual([]);
  });
});
