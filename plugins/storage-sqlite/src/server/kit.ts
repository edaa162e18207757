import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageDriver } from '@parley/contracts';
import { kitRun, storageDriverKit } from '@parley/testing/kits';
import type { KitRun, KitSubject, StorageSubject } from '@parley/testing/kits';
import { createSqliteDriver } from './sqlite-driver.ts';
import type { SqliteDriver } from './sqlite-driver.ts';

const open = (file: string): SqliteDriver =>
  createSqliteDriver({ file, busyTimeoutMs: 5_000, transactionTimeoutMs: 10_000 });

async function makeSubject(): Promise<KitSubject<StorageSubject>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-sqlite-'));
  const file = join(folder, 'parley.db');
  const opened = [open(file)];
  const newest = (): SqliteDriver => opened.at(-1) as SqliteDriver;
  const openNext = (path: string): StorageDriver => {
    const driver = open(path);
    opened.push(driver);
    return driver;
  };
  const value: StorageSubject = {
    driver: newest(),
    reopen: async () => {
      await newest().close();
      return openNext(file);
    },
    sweep: async (now) => {
      await newest().sweep(now);
    },
    openEmpty: async () => {
      const driver = open(join(folder, `empty-${opened.length}.db`));
      opened.unshift(driver);
      return driver;
    },
  };
  const dispose = async (): Promise<void> => {
    for (const driver of opened) await driver.close();
    await rm(folder, { recursive: true });
  };
  return { value, dispose };
}

/** The kits of this plugin, for its tests and for `npm run kit`. */
export const kits: readonly KitRun[] = [kitRun(storageDriverKit, makeSubject)];
