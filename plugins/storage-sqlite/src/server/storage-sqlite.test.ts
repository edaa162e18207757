import { expect, it } from '@jest/globals';
import { defineEntity, storageDriver } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { testPluginContract } from '@parley/testing';
import * as z from 'zod';
import storageSqlite from './index.ts';

const pageEntity = defineEntity({
  name: 'page',
  version: 1,
  scope: 'global',
  schema: z.object({ text: z.string() }),
});

it('serves the stores of other plugins and leaves nothing behind when it stops', async () => {
  let count: number | undefined;
  const diary = definePlugin({
    id: 'diary',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { storage: storageDriver },
    entities: [pageEntity],
    async setup(ctx) {
      const pages = ctx.store(pageEntity, ctx.system);
      await pages.insert({ text: 'first' });
      await ctx.transaction(async (tx) => tx.store(pageEntity, ctx.system).insert({ text: 'second' }));
      count = await pages.count({ text: { prefix: 's' } });
    },
  });
  await testPluginContract(storageSqlite, { plugins: [diary] });
  expect(count).toBe(1);
});
