import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Collection, StorageDriver, StoredRecord } from '@parley/contracts';
import { dropDatabase, newDatabase, openTestDriver, stopSharedServer, whyNoServer } from './fixtures/shared-server.ts';

afterAll(stopSharedServer);

const collection: Collection = { name: 'nodes.counter', scope: 'global', version: 1, indexes: [] };
const record: StoredRecord = {
  id: 'a',
  tenantId: 'tenant',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  rev: 1,
  n: 0,
};
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

const addOne = (driver: StorageDriver): Promise<void> =>
  driver.transaction(async (session) => {
    const found = await session.get(collection.name, 'a', {});
    const patch = { n: Number(found?.['n']) + 1 };
    await session.write([{ kind: 'update', collection: collection.name, id: 'a', where: {}, patch }]);
  });

describe('two nodes on one database', () => {
  it('lose no addition of their transactions', async () => {
    if (reason !== undefined) return console.info(`skipped: ${reason}`);
    const nodes = [await openTestDriver(database), await openTestDriver(database)];
    for (const node of nodes) await node.prepare([collection]);
    await nodes[0]?.write([{ kind: 'insert', collection: collection.name, record }]);
    await Promise.all(
      nodes.map(async (node) => {
        for (let count = 0; count < 15; count += 1) await addOne(node);
      }),
    );
    expect((await nodes[0]?.get(collection.name, 'a', {}))?.['n']).toBe(30);
    for (const node of nodes) await node.close();
    return undefined;
  }, 120_000);

  it('migrate every record once, whoever comes first', async () => {
    if (reason !== undefined) return console.info(`skipped: ${reason}`);
    const first = await openTestDriver(database);
    await first.prepare([collection]);
    const writes = Array.from({ length: 300 }, (_, n) => ({ ...record, id: `id-${n}`, n }));
    await first.write(writes.map((each) => ({ kind: 'insert', collection: collection.name, record: each })));
    await first.close();
    const migrate = { 1: (old: Record<string, unknown>) => ({ ...old, n: Number(old['n']) + 1_000 }) };
    const nodes = await Promise.all([openTestDriver(database), openTestDriver(database)]);
    await Promise.all(nodes.map((node) => node.prepare([{ ...collection, version: 2, migrate }])));
    expect(await nodes[0]?.count(collection.name, { n: { gte: 1_000, lt: 1_300 } })).toBe(300);
    for (const node of nodes) await node.close();
    return undefined;
  }, 120_000);
});
