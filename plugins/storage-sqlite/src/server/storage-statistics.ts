import type { StorageStatistics } from '@parley/contracts';
import { KNOWN_SQL, toKnown } from './catalog.ts';
import type { RemoteConnection } from './remote-connection.ts';
import { quote, toTable } from './sql-names.ts';

/** Counts every collection, which reads one index of each to its end. */
export async function readStatistics(source: RemoteConnection): Promise<StorageStatistics> {
  const numberOf = async (sql: string): Promise<number> => Number((await source.rows(sql))[0]?.[0]);
  await source.rows('BEGIN');
  const collections: StorageStatistics['collections'][number][] = [];
  for (const row of await source.rows(KNOWN_SQL)) {
    const { name, version, scope } = toKnown(row);
    collections.push({ name, version, scope, count: await numberOf(`SELECT count(*) FROM ${quote(toTable(name))}`) });
  }
  const pages = (await numberOf('PRAGMA page_count')) - (await numberOf('PRAGMA freelist_count'));
  return { bytes: pages * (await numberOf('PRAGMA page_size')), collections };
}
