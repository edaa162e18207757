import { describe, expect, it } from '@jest/globals';
import { defineEntity } from '@parley/contracts';
import * as z from 'zod';
import { createMemoryDriver } from '../fixtures/memory-driver.ts';
import { readCollections, rememberCollections } from './collection-catalog.ts';

const clock = { now: () => 0 };
const page = defineEntity({
  name: 'page',
  version: 2,
  scope: 'user',
  schema: z.object({ text: z.string(), token: z.string() }),
  indexes: [{ fields: ['text'], unique: true }],
  secret: ['token'],
  migrate: { 1: (old) => old },
});

describe('the catalog of collections', () => {
  it('says what a collection is, without its plugin', async () => {
    const { driver } = createMemoryDriver();
    await rememberCollections(driver, { pluginId: 'book', entities: [page], clock });
    expect(await readCollections(driver)).toEqual([
      {
        name: 'book.page',
        scope: 'user',
        version: 2,
        indexes: [{ fields: ['ownerId', 'text'], unique: true }],
        secret: ['token'],
      },
    ]);
  });

  it('is written only when something has changed', async () => {
    const { driver, writes } = createMemoryDriver();
    const remember = (entity: typeof page) =>
      rememberCollections(driver, { pluginId: 'book', entities: [entity], clock });
    await remember(page);
    await remember(page);
    expect(writes).toHaveLength(1);
    await remember({ ...page, version: 3 });
    expect(writes).toHaveLength(2);
    expect(await readCollections(driver)).toMatchObject([{ name: 'book.page', version: 3 }]);
  });
});
