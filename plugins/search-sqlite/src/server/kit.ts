import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kitRun, searchIndexKit } from '@parley/testing/kits';
import type { KitRun, KitSubject, SearchSubject } from '@parley/testing/kits';
import { createSqliteIndex } from './sqlite-index.ts';
import type { SqliteIndex } from './sqlite-index.ts';

async function makeSubject(): Promise<KitSubject<SearchSubject>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-search-'));
  const file = join(folder, 'search.db');
  const open = (): SqliteIndex =>
    createSqliteIndex({ file, busyTimeoutMs: 5_000, searchTimeoutMs: 10_000, onDamage: () => undefined });
  let index = open();
  const reopen = async (): Promise<SqliteIndex> => {
    await index.close();
    index = open();
    return index;
  };
  const dispose = async (): Promise<void> => {
    await index.close();
    await rm(folder, { recursive: true });
  };
  return { value: { index, reopen }, dispose };
}

/** The kit of this plugin, for its tests and for `npm run kit`. */
export const kits: readonly KitRun[] = [kitRun(searchIndexKit, makeSubject)];
