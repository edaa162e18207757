import { createHash } from 'node:crypto';
import { createRecordHashes } from '@parley/contracts';
import type { RecordBatch } from '@parley/contracts';
import { differenceOf, sumsOf } from './compare-sums.ts';
import type { Sums } from './compare-sums.ts';
import { countRecords } from './count-records.ts';
import type { OpenedStorage } from './open-storage.ts';
import { transferErrors } from './transfer-errors.ts';
import type { TransferOptions } from './transfer-options.ts';

/** About 8 MB, which is what a killed migration repeats. */
const BATCHES_AT_ONCE = 8;

/** A record's place in the order of a backup. */
export interface Place {
  readonly collection: string;
  readonly id: string;
}

const bytesOf = (text: string): Buffer => Buffer.from(text);

/** Whether a batch has records behind a place. Order: by code point, as that of UTF-8. */
function isBehind({ collection, records }: RecordBatch, place: Place): boolean {
  const order = Buffer.compare(bytesOf(collection), bytesOf(place.collection));
  return order === 0 ? Buffer.compare(bytesOf(records.at(-1)?.id ?? ''), bytesOf(place.id)) > 0 : order > 0;
}

async function* each(batches: readonly RecordBatch[]): AsyncGenerator<RecordBatch> {
  yield* batches;
}

/** From where to where records are copied. */
export interface Way {
  readonly source: OpenedStorage;
  readonly target: OpenedStorage;
  readonly total: number;
  readonly options: TransferOptions;
  /** Remembers what lies in the target. */
  readonly save: (after: Place) => Promise<void>;
}

/** Copies all records behind a place; resolves with the sums of all records of the source. */
async function copy({ source, target, total, options, save }: Way, after: Place | undefined): Promise<Sums> {
  const { signal, onProgress } = options;
  const hashes = createRecordHashes(() => createHash('sha256'));
  let pending: RecordBatch[] = [];
  let records = 0;
  const flush = async () => {
    const last = pending.at(-1);
    if (last === undefined) return;
    await target.driver.restore(each(pending));
    await save({ collection: last.collection, id: last.records.at(-1)?.id ?? '' });
    pending = [];
  };
  for await (const batch of source.driver.backup(signal === undefined ? {} : { signal })) {
    hashes.add(batch);
    records += batch.records.length;
    if (after === undefined || isBehind(batch, after)) pending.push(batch);
    if (pending.length >= BATCHES_AT_ONCE) await flush();
    onProgress?.({ step: 'copy', total, records });
  }
  await flush();
  return hashes.result();
}

/**
 * Copies all records behind a place and compares both databases; resolves with the sums of all records.
 * @throws TRANSFER_DIFFERS when the target does not hold what the source does
 */
export async function copyRecords(way: Way, after: Place | undefined): Promise<Sums> {
  const { source, target, total, options } = way;
  const { signal, onProgress } = options;
  const sums = await copy(way, after);
  const tell = (records: number) => onProgress?.({ step: 'compare', total, records });
  const differences = differenceOf(
    sums,
    await sumsOf(target.driver.backup(signal === undefined ? {} : { signal }), tell),
  );
  if (differences === undefined) return sums;
  // The source has changed since the first part was copied: all of it once more brings what is new.
  if (after !== undefined) return copyRecords(way, undefined);
  throw transferErrors.DIFFERS({ target: target.title, source: source.title, differences });
}

/** The sums of two databases that hold the same, as after a migration that went through; `undefined` when they differ. */
export async function equalSums(
  source: OpenedStorage,
  target: OpenedStorage,
  { signal, onProgress }: TransferOptions,
): Promise<Sums | undefined> {
  const total = countRecords(await source.driver.statistics());
  const read = ({ driver }: OpenedStorage) =>
    sumsOf(driver.backup(signal === undefined ? {} : { signal }), (records) =>
      onProgress?.({ step: 'compare', total, records }),
    );
  const sums = await read(source);
  return differenceOf(sums, await read(target)) === undefined ? sums : undefined;
}
