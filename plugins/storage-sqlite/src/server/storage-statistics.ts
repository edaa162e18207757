import type { StorageStatistics } from '@parley/contracts';
import { readAllKnown } from './catalog.ts';
import { quote, toTable } from './sql-names.ts';
import type { Statements } from './statements.ts';

const numberOf = (statements: Statements, sql: string): number => (statements.get(sql).get() as unknown as [number])[0];

/** Counts every collection; reads at least one index of each to its end. */
export function readStatistics(statements: Statements): StorageStatistics {
  const pages = numberOf(statements, 'PRAGMA page_count') - numberOf(statements, 'PRAGMA freelist_count');
  return {
    bytes: pages * numberOf(statements, 'PRAGMA page_size'),
    collections: readAllKnown(statements).map(({ name, version, scope }) => ({
      name,
      version,
      scope,
      count: numberOf(statements, `SELECT count(*) FROM ${quote(toTable(name))}`),
    })),
  };
}
