import type { EntityScope, StoredRecord } from '@parley/contracts';

/** One collection's records by id. */
export interface Table {
  readonly version: number;
  readonly scope: EntityScope;
  readonly records: ReadonlyMap<string, StoredRecord>;
  /** Versions of restored records that are not of `version`, by id; gone after the next `prepare`. */
  readonly versions: ReadonlyMap<string, number>;
}

/** All records at one moment. Nothing in it ever changes, so whoever holds one reads and copies it in peace. */
export type State = ReadonlyMap<string, Table>;

/** One step from a state to the next. */
export type Change =
  | { readonly collection: string; readonly version: number; readonly scope: EntityScope }
  | { readonly collection: string; readonly put: StoredRecord; readonly of?: number }
  | { readonly collection: string; readonly remove: string };

/** A state to come, with the steps that lead to it. */
export interface Draft {
  readonly state: State;
  readonly changes: readonly Change[];
}

/** A draft that can still be changed. */
export interface OpenDraft extends Draft {
  apply(change: Change): void;
}

interface OpenTable extends Table {
  readonly records: Map<string, StoredRecord>;
  readonly versions: Map<string, number>;
}

/** A draft after `from`. A collection is copied when it is first touched. */
export function createDraft(from: State): OpenDraft {
  const state = new Map(from);
  const changes: Change[] = [];
  const copies = new Map<string, OpenTable>();
  const keep = (name: string, table: OpenTable): OpenTable => {
    copies.set(name, table);
    state.set(name, table);
    return table;
  };
  const copyOf = (name: string): OpenTable => {
    const copy = copies.get(name);
    if (copy) return copy;
    const { version = 0, scope = 'global', records, versions } = state.get(name) ?? {};
    return keep(name, { version, scope, records: new Map(records), versions: new Map(versions) });
  };
  return {
    state,
    changes,
    apply(change) {
      changes.push(change);
      const { collection } = change;
      if ('version' in change) {
        const { version, scope } = change;
        keep(collection, { version, scope, records: copyOf(collection).records, versions: new Map() });
      } else if ('put' in change) {
        copyOf(collection).records.set(change.put.id, change.put);
        if (change.of !== undefined) copyOf(collection).versions.set(change.put.id, change.of);
      } else copyOf(collection).records.delete(change.remove);
    },
  };
}
