import type { BackupOptions, RecordBatch, StorageStatistics, StoredRecord } from '@parley/contracts';
import type { OpenDraft, State, Table } from './state.ts';
import { compareValues, copyRecord, createRefuse } from './values.ts';

const MAX_RECORDS = 500;
const MAX_BATCH_CHARACTERS = 1_000_000;

const sorted = <T>(entries: Iterable<[string, T]>): readonly [string, T][] =>
  [...entries].toSorted(([one], [other]) => compareValues(one, other));

/** All records of a state, in the order of `StorageDriver.backup`. */
export function* readBatches(state: State, { signal, after }: BackupOptions = {}): Generator<RecordBatch> {
  for (const [collection, table] of sorted(state)) {
    const order = after === undefined ? 1 : compareValues(collection, after.collection);
    if (order < 0) continue;
    const isBehind = (id: string): boolean => order > 0 || compareValues(id, after?.id) > 0;
    const records = sorted(table.records).filter(([id]) => isBehind(id));
    for (const batch of toBatches(records.map(([, record]) => record))) {
      signal?.throwIfAborted();
      yield { collection, version: table.version, scope: table.scope, records: batch };
    }
  }
}

function* toBatches(records: readonly StoredRecord[]): Generator<readonly StoredRecord[]> {
  let batch: StoredRecord[] = [];
  let characters = 0;
  for (const record of records) {
    batch.push(copyRecord(record, createRefuse(record.id)));
    characters += JSON.stringify(record).length;
    if (batch.length === MAX_RECORDS || characters >= MAX_BATCH_CHARACTERS) {
      yield batch;
      batch = [];
      characters = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

const isEmpty = (table: Table | undefined): boolean => (table?.records.size ?? 0) === 0;

/** Puts a batch into a draft as it is. @throws STORAGE_INVALID when its records are of another version than those there */
export function restoreBatch(draft: OpenDraft, { collection, version, scope, records }: RecordBatch): void {
  const refuse = createRefuse(collection);
  const table = draft.state.get(collection);
  if (table?.version !== version) {
    if (!isEmpty(table)) throw refuse(`there are records of version ${table?.version}, the batch is of ${version}`);
    draft.apply({ collection, version, scope });
  }
  for (const record of records) draft.apply({ collection, put: copyRecord(record, refuse) });
}

/** How many records a state has. */
export const readStatistics = (state: State): StorageStatistics => ({
  collections: sorted(state).map(([name, { version, scope, records }]) => ({
    name,
    version,
    scope,
    count: records.size,
  })),
});
