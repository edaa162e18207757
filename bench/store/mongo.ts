import { tmpdir } from 'node:os';
import mongoose from 'mongoose';
import { report } from '../lib/result.ts';
import {
  dropDatabase,
  newDatabase,
  openTestDriver,
  sharedServer,
  whyNoServer,
} from '../../plugins/storage-mongo/src/server/fixtures/shared-server.ts';
import { startOurs } from './ours.ts';
import { openRawMongo } from './raw-mongo.ts';
import { batches } from './seed.ts';
import type { StoreSize } from './seed.ts';
import { AT_ONCE, createWorks, measureWorks } from './works.ts';

/** Records for a server: FerretDB reads a whole collection for nearly every filter. */
const SIZE: StoreSize = { conversations: [60, 200], messages: [10, 100] };

async function seeded(): Promise<string> {
  const database = newDatabase();
  const driver = await openTestDriver(database);
  await driver.restore(batches(SIZE));
  await driver.close();
  return database;
}

/** P8 on MongoDB: the time of the same operations against the bare driver on the same server, where there is one. */
export async function benchStoreMongo(rounds: number): Promise<void> {
  const reason = await whyNoServer();
  if (reason !== undefined) return console.log(`store-mongo: skipped, ${reason}`);
  const server = await sharedServer();
  const databases = [await seeded(), await seeded()];
  const [oursDatabase = '', rawDatabase = ''] = databases;
  const ours = await startOurs(tmpdir(), { url: server.url, database: oursDatabase });
  await (await startOurs(tmpdir(), { url: server.url, database: rawDatabase })).close();
  const client = await new mongoose.mongo.MongoClient(server.url).connect();
  const works = createWorks(SIZE)
    .filter(({ each }) => each !== AT_ONCE)
    .map((work) => ({ ...work, times: 2 }));
  const raw = openRawMongo(client.db(rawDatabase));
  const { variants, toRaw } = await measureWorks(works, { ours, raw }, { rounds, warmUp: 1 }, async (count, work) => {
    const started = performance.now();
    await work();
    return (performance.now() - started) / count;
  });
  report({
    name: 'store-mongo',
    unit: `milliseconds per operation on ${server.name}`,
    variants,
    ratios: {
      appendToRaw: toRaw('append one'),
      listToRaw: toRaw('list'),
      openLatestToRaw: toRaw('open last'),
      openAllToRaw: toRaw('open all'),
    },
  });
  await client.close();
  await ours.close();
  for (const database of databases) await dropDatabase(database);
  await server.stop();
}
