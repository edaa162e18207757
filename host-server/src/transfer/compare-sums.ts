import { createHash } from 'node:crypto';
import { createRecordHashes } from '@parley/contracts';
import type { RecordBatch, RecordHash } from '@parley/contracts';

/** Count and hash of each collection. */
export type Sums = Readonly<Record<string, RecordHash>>;

/** Counts and hashes all records of a stream; told of the records so far. */
export async function sumsOf(batches: AsyncIterable<RecordBatch>, tell: (records: number) => void): Promise<Sums> {
  const hashes = createRecordHashes(() => createHash('sha256'));
  let records = 0;
  for await (const batch of batches) {
    hashes.add(batch);
    tell((records += batch.records.length));
  }
  return hashes.result();
}

/** How two databases differ, in words; `undefined` when they do not. */
export function differenceOf(source: Sums, target: Sums): string | undefined {
  const names = [...new Set([...Object.keys(source), ...Object.keys(target)])].toSorted();
  const words = names.flatMap((name) => {
    const { [name]: from } = source;
    const { [name]: to } = target;
    if (from?.sha256 === to?.sha256) return [];
    const counts = `${name} has ${to?.count ?? 0} records in place of ${from?.count ?? 0}`;
    return [from?.count === to?.count ? `${name} has other records` : counts];
  });
  return words.length === 0 ? undefined : words.join('; ');
}
