import type { StorageSession } from '@parley/contracts';
import { findPage } from './page.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';
import { countRecords, getRecord } from './records.ts';

/** The reading half of a session, on the connection that `connection` names at each call. */
export function createReads(
  findLayout: (collection: string) => TableLayout,
  connection: () => Statements,
): Omit<StorageSession, 'write'> {
  const read = <T>(collection: string, work: (statements: Statements, layout: TableLayout) => T): T => {
    try {
      return work(connection(), findLayout(collection));
    } catch (error) {
      throw toStorageError(error, collection);
    }
  };
  return {
    get: async (collection, id, where) =>
      read(collection, (statements, layout) => getRecord(statements, layout, id, where)),
    find: async (collection, query) => read(collection, (statements, layout) => findPage(statements, layout, query)),
    count: async (collection, where) =>
      read(collection, (statements, layout) => countRecords(statements, layout, where)),
  };
}
