import { kitRun, skip, storageDriverKit } from '@parley/testing/kits';
import type { KitRun, KitSubject, StorageSubject } from '@parley/testing/kits';
import { dropDatabase, newDatabase, openTestDriver, whyNoServer } from './fixtures/shared-server.ts';
import type { MongoDriver } from './mongo-driver.ts';

async function makeSubject(): Promise<KitSubject<StorageSubject>> {
  const reason = await whyNoServer();
  if (reason !== undefined) skip(reason);
  const databases = [newDatabase()];
  const opened: MongoDriver[] = [];
  const open = async (database: string): Promise<MongoDriver> => {
    const driver = await openTestDriver(database);
    opened.push(driver);
    return driver;
  };
  const [first = ''] = databases;
  let newest = await open(first);
  const value: StorageSubject = {
    driver: newest,
    reopen: async () => {
      await newest.close();
      newest = await open(first);
      return newest;
    },
    sweep: (now) => newest.sweep(now),
    openEmpty: () => {
      const database = newDatabase();
      databases.push(database);
      return open(database);
    },
  };
  const dispose = async (): Promise<void> => {
    for (const driver of opened) await driver.close();
    for (const database of databases) await dropDatabase(database);
  };
  return { value, dispose };
}

// FerretDB, which tests run on where there is no mongod, reads a whole collection for nearly every filter.
const PATIENCE = 6;
const cases = storageDriverKit.cases.map((each) => ({ ...each, timeoutMs: (each.timeoutMs ?? 10_000) * PATIENCE }));
const run = kitRun({ ...storageDriverKit, cases }, makeSubject);

/** The kits of this plugin, for its tests and for `npm run kit`. A server is found or built before any case begins. */
export const kits: readonly KitRun[] = [
  {
    ...run,
    report: async () => {
      await whyNoServer();
      return run.report();
    },
  },
];
