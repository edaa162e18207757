import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@parley/kernel';
import type { PluginUse } from '@parley/kernel';
import type { HostDoor } from './load-host.ts';
import { withTestStorage } from './test-storage.ts';

const use = (id: string, config?: object): PluginUse => ({
  plugin: definePlugin({ id, version: '1.0.0', kernel: '^1.0.0', setup: () => undefined }),
  ...(config === undefined ? {} : { config }),
});
const plugins = [use('notes'), use('storage-sqlite'), use('chat')];
const hostModule = {
  shippedPlugins: async ({ MONGODB_URI: url }: { readonly MONGODB_URI?: string } = {}) =>
    url === undefined ? [use('storage-sqlite')] : [use('storage-mongo', { url })],
} as unknown as HostDoor;
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

describe('the storage of a test host', () => {
  it('is the embedded one when nobody asks for another', async () => {
    delete process.env['PARLEY_TEST_STORAGE'];
    expect(await withTestStorage(hostModule, plugins, '/data')).toBe(plugins);
  });

  it('is another one in its place, in a database of the data folder, when the environment asks for it', async () => {
    process.env['PARLEY_TEST_STORAGE'] = 'storage-mongo';
    process.env['MONGODB_URI'] = 'mongodb://host/';
    const replaced = await withTestStorage(hostModule, plugins, '/data');
    expect(replaced.map(({ plugin }) => plugin.id)).toEqual(['notes', 'storage-mongo', 'chat']);
    expect(replaced[1]?.config).toEqual({
      url: 'mongodb://host/',
      database: expect.stringMatching(/^parley_test_[0-9a-f]{12}$/) as unknown,
    });
  });

  it('is told to need a server when there is none', async () => {
    process.env['PARLEY_TEST_STORAGE'] = 'storage-mongo';
    delete process.env['MONGODB_URI'];
    await expect(withTestStorage(hostModule, plugins, '/data')).rejects.toThrow('npm run mongo');
  });
});
