import { expect, it } from '@jest/globals';
import { bus, cache } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { testPluginContract } from '@parley/testing';
import cacheMemory from './index.ts';

it('serves cache and bus to other plugins and leaves nothing behind when it stops', async () => {
  const heard: (string | undefined)[] = [];
  const visitor = definePlugin({
    id: 'visitor',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { cache, bus },
    async setup(_ctx, deps) {
      await deps.cache.set('key', 'value', { ttlMs: 60_000 });
      deps.bus.subscribe('bell', (message) => heard.push(message));
      await deps.bus.publish('bell', 'ring');
      heard.push(await deps.cache.get('key'));
    },
  });
  await testPluginContract(cacheMemory, { plugins: [visitor] });
  expect(new Set(heard)).toEqual(new Set(['ring', 'value']));
});
