import { checkCollectionName, toStored } from '@parley/contracts';
import type { BackupOptions, RecordBatch, StorageStatistics, StoredRecord } from '@parley/contracts';
import type { OpenDraft, State } from './state.ts';
import { compareValues, copyRecord, entityOf } from './values.ts';

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
    const versionOf = ({ id }: StoredRecord): number => table.versions.get(id) ?? table.version;
    for (const batch of toBatches(
      records.map(([, record]) => record),
      versionOf,
    )) {
      signal?.throwIfAborted();
      yield { collection, version: versionOf(batch[0]), scope: table.scope, records: batch.map(copyRecord) };
    }
  }
}

type Batch = [StoredRecord, ...StoredRecord[]];

function* toBatches(records: readonly StoredRecord[], versionOf: (record: StoredRecord) => number): Generator<Batch> {
  let batch: Batch | undefined;
  let characters = 0;
  for (const record of records) {
    const isFull = (batch?.length ?? 0) >= MAX_RECORDS || characters >= MAX_BATCH_CHARACTERS;
    if (batch && !isFull && versionOf(batch[0]) === versionOf(record)) batch.push(record);
    else {
      if (batch) yield batch;
      batch = [record];
      characters = 0;
    }
    characters += JSON.stringify(record).length;
  }
  if (batch) yield batch;
}

/** Puts a batch into a draft as it is. */
export function restoreBatch(draft: OpenDraft, { collection, version, scope, records }: RecordBatch): void {
  const table = draft.state.get(checkCollectionName(collection));
  if (!table || table.records.size === 0) draft.apply({ collection, version, scope });
  const isOfTable = draft.state.get(collection)?.version === version;
  for (const record of records) {
    const put = copyRecord(toStored(record, entityOf(collection)));
    draft.apply({ collection, put, ...(isOfTable ? {} : { of: version }) });
  }
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
