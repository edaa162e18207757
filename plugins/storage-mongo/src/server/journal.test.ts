import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Collection, StoredRecord } from '@parley/contracts';
import { openConnection } from './connection.ts';
import { createDatabase } from './database.ts';
import { toDocument } from './documents.ts';
import {
  dropDatabase,
  newDatabase,
  openTestDriver,
  sharedServer,
  stopSharedServer,
  testOptions,
  whyNoServer,
} from './fixtures/shared-server.ts';
import { createJournal } from './journal.ts';
import type { StoredChange } from './documents.ts';
import { createLayout } from './layout.ts';

afterAll(stopSharedServer);

const collection: Collection = {
  name: 'journal.note',
  scope: 'global',
  version: 1,
  indexes: [{ fields: ['slug'], unique: true }],
};
const layout = createLayout(collection);
const toRecord = (id: string, slug: string): StoredRecord => ({
  id,
  tenantId: 'tenant',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  rev: 1,
  slug,
});
const put = (id: string, slug: string): StoredChange => ({
  name: layout.name,
  id,
  document: toDocument(layout, toRecord(id, slug)),
});
let database: string;
let reason: string | undefined;

beforeAll(async () => {
  reason = await whyNoServer();
}, 600_000);
beforeEach(() => {
  database = newDatabase();
});
afterEach(async () => {
  if (reason === undefined) await dropDatabase(database);
});

/** What a process leaves that begins a batch and does a part of it, then is killed. */
async function leaveHalf(changes: readonly StoredChange[], done: readonly StoredChange[], isWhole = true) {
  const { url } = await sharedServer();
  const opened = await openConnection(testOptions(url, database));
  const own = createDatabase(opened.db);
  if (isWhole) await createJournal(own, opened.sizeOf).begin(changes, {});
  else await own.journal.insertOne({ _id: 'batch:0', changes });
  for (const { id, document } of done) {
    if (document === undefined) await own.of(layout).deleteOne({ _id: id });
    else await own.of(layout).replaceOne({ _id: id }, document, { upsert: true });
  }
  await opened.connection.close();
}

async function slugsAfterRestart(): Promise<readonly string[]> {
  const driver = await openTestDriver(database);
  try {
    if (driver.server.includes('replica set')) return ['replica set'];
    await driver.prepare([collection]);
    const { items } = await driver.find(collection.name, { limit: 100 });
    return items.map(({ id, slug }) => `${id}=${String(slug)}`);
  } finally {
    await driver.close();
  }
}

describe('a batch that was begun and not finished', () => {
  beforeEach(async () => {
    if (reason !== undefined) return;
    const driver = await openTestDriver(database);
    await driver.prepare([collection]);
    const records = [toRecord('a', 'one'), toRecord('b', 'two'), toRecord('c', 'three')];
    await driver.write(records.map((record) => ({ kind: 'insert', collection: collection.name, record })));
    await driver.close();
  });

  const swap = [put('a', 'two'), put('b', 'one'), { name: layout.name, id: 'c' }, put('d', 'three')];
  const swapped = ['a=two', 'b=one', 'd=three'];
  const cases = [
    ['nothing of it was made', []],
    ['a part of it was made', swap.slice(2, 3)],
    ['all of it was made', [{ name: layout.name, id: 'b' }, ...swap.slice(0, 1), ...swap.slice(1)]],
  ] as const;
  for (const [name, done] of cases) {
    it(`is finished by the next start when ${name}`, async () => {
      if (reason !== undefined) return console.info(`skipped: ${reason}`);
      await leaveHalf(swap, done);
      const slugs = await slugsAfterRestart();
      if (slugs[0] !== 'replica set') expect(slugs).toEqual(swapped);
      return undefined;
    }, 60_000);
  }

  it('is dropped when not all of it was noted', async () => {
    if (reason !== undefined) return console.info(`skipped: ${reason}`);
    await leaveHalf(swap, [], false);
    const slugs = await slugsAfterRestart();
    if (slugs[0] !== 'replica set') expect(slugs).toEqual(['a=one', 'b=two', 'c=three']);
    return undefined;
  }, 60_000);
});
