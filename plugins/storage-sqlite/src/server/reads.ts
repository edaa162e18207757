import type { StorageSession } from '@parley/contracts';
import { findPage } from './page.ts';
import type { RecordsSeen } from './records-seen.ts';
import type { RunStatement } from './run-statement.ts';
import { countRecords, getRecord } from './records.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';

/** Where reads go. */
export interface ReadSource {
  readonly findLayout: (collection: string) => TableLayout;
  /** The connection for what is short whatever the size of the table. */
  readonly connection: () => Statements;
  /** For all else. */
  readonly run: RunStatement;
  /** What a transaction has read. */
  readonly seen?: RecordsSeen;
}

/** Runs every statement on one connection of this thread. */
export const runOn =
  (connection: () => Statements): RunStatement =>
  (sql, values) =>
    connection()
      .get(sql)
      .all(...values) as unknown as readonly never[][];

/** The reading half of a session. */
export function createReads({ findLayout, connection, run, seen }: ReadSource): Omit<StorageSession, 'write'> {
  const read = async <T>(collection: string, work: (layout: TableLayout) => T | Promise<T>): Promise<T> => {
    try {
      return await work(findLayout(collection));
    } catch (error) {
      throw toStorageError(error, collection);
    }
  };
  return {
    get: async (collection, id, where) => {
      try {
        return getRecord(connection(), findLayout(collection), id, where, seen);
      } catch (error) {
        throw toStorageError(error, collection);
      }
    },
    find: (collection, query) => read(collection, (layout) => findPage(layout, query, run)),
    count: (collection, where) => read(collection, (layout) => countRecords(layout, where, run)),
  };
}
