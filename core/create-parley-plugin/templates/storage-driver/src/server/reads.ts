import { checkId } from '@parley/contracts';
import type { Collection, StorageSession } from '@parley/contracts';
import { findPage } from './page.ts';
import type { State, Table } from './state.ts';
import { copyRecord, entityOf } from './values.ts';
import { compileWhere } from './where.ts';

/** The reading half of a session, over the state that `stateNow` names at each call. */
export function createReads(
  collectionOf: (name: string) => Collection,
  stateNow: () => State,
): Omit<StorageSession, 'write'> {
  const tableOf = (name: string): Table => {
    const { version, scope } = collectionOf(name);
    return stateNow().get(name) ?? { version, scope, records: new Map(), versions: new Map() };
  };
  return {
    async get(name, id, where) {
      const table = tableOf(name);
      const match = compileWhere(where, name);
      const record = table.records.get(checkId(id, entityOf(name)));
      return record && match(record) ? copyRecord(record) : undefined;
    },
    find: async (name, query) => findPage(tableOf(name), query, name),
    async count(name, where) {
      const table = tableOf(name);
      return [...table.records.values()].filter(compileWhere(where, name)).length;
    },
  };
}
