import { createHash } from 'node:crypto';
import { hashRecords } from '@parley/contracts';
import type { BackupOptions, RecordBatch, RecordHash, StorageDriver, StoredRecord } from '@parley/contracts';
import { toRecord } from './subject.ts';

/** How many records `manyRecords` makes: more than two batches. */
export const COUNT = 1_200;

/** A number as ids have it, so that they sort. */
export const number = (index: number): string => String(index).padStart(4, '0');

/** Records `id-0000` to `id-1199`, each with its number as `n`. */
export const manyRecords = (): readonly StoredRecord[] =>
  Array.from({ length: COUNT }, (_, index) => toRecord(`id-${number(index)}`, { n: index }));

/** What everything in a driver comes to. */
export const hashOf = async (driver: StorageDriver): Promise<Readonly<Record<string, RecordHash>>> =>
  hashRecords(driver.backup(), () => createHash('sha256'));

/** All batches of a backup. */
export async function collectBatches(driver: StorageDriver, options?: BackupOptions): Promise<readonly RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of driver.backup(options)) batches.push(batch);
  return batches;
}

/** `collection/id` of every record. */
export const placesOf = (batches: readonly RecordBatch[]): readonly string[] =>
  batches.flatMap(({ collection, records }) => records.map(({ id }) => `${collection}/${id}`));

/** Batches as `restore` takes them. */
export async function* each(batches: readonly RecordBatch[]): AsyncGenerator<RecordBatch> {
  yield* batches;
}
