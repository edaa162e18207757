import type { EntityScope, StoredRecord } from '@parley/contracts';

/** One collection's records by id. */
export interface Table {
  readonly version: number;
  readonly scope: EntityScope;
  readonly records: ReadonlyMap<string, StoredRecord>;
}

/** All records at one moment. Nothing in it ever changes, so whoever holds one reads and copies it in peace. */
export type State = ReadonlyMap<string, Table>;

/** One step from a state to the next. */
export type Change =
  | { readonly collection: string; readonly version: number; readonly scope: EntityScope }
  | { readonly collection: string; readonly put: StoredRecord }
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

/** A draft after `from`. A collection is copied when it is first touched. */
export function createDraft(from: State): OpenDraft {
  const state = new Map(from);
  const changes: Change[] = [];
  const copies = new Map<string, Map<string, StoredRecord>>();
  const copyOf = (name: string, known?: Pick<Table, 'version' | 'scope'>): Map<string, StoredRecord> => {
    const { version, scope } = known ?? state.get(name) ?? { version: 0, scope: 'global' };
    const records = copies.get(name) ?? new Map(state.get(name)?.records);
    copies.set(name, records);
    state.set(name, { version, scope, records });
    return records;
  };
  return {
    state,
    changes,
    apply(change) {
      changes.push(change);
      if ('version' in change) copyOf(change.collection, change);
      else if ('put' in change) copyOf(change.collection).set(change.put.id, change.put);
      else copyOf(change.collection).delete(change.remove);
    },
  };
}
