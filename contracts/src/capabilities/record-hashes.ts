import type { RecordBatch } from './storage-driver.ts';

/** A running hash of texts as UTF-8; `createHash('sha256')` of `node:crypto` is one. */
export interface TextHash {
  update(text: string): unknown;
  digest(encoding: 'hex'): string;
}

/** What one collection's records come to. */
export interface RecordHash {
  /** How many records. */
  readonly count: number;
  /** Over the records in the order of a backup, each as canonical JSON and a line break. Units: hexadecimal. */
  readonly sha256: string;
}

/** Counts and hashes the batches that pass by. */
export interface RecordHashes {
  /** Batches come in the order of `StorageDriver.backup`. */
  add(batch: RecordBatch): void;
  /** By the collection's name. Ends the hashing. */
  result(): Readonly<Record<string, RecordHash>>;
}

const compareKeys = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** JSON with the keys of every object sorted, so that equal values give equal texts. */
function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => toCanonicalJson(each ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields
    .toSorted(compareKeys)
    .map(([key, field]) => `${JSON.stringify(key)}:${toCanonicalJson(field)}`)
    .join(',')}}`;
}

/**
 * Hashes of batches that pass by: what two databases, or a database and its backup, are compared by.
 * @example const hashes = createRecordHashes(() => createHash('sha256'));
 */
export function createRecordHashes(createHash: () => TextHash): RecordHashes {
  const hashes = new Map<string, { count: number; readonly hash: TextHash }>();
  return {
    add({ collection, records }) {
      const known = hashes.get(collection) ?? { count: 0, hash: createHash() };
      hashes.set(collection, known);
      for (const record of records) known.hash.update(`${toCanonicalJson(record)}\n`);
      known.count += records.length;
    },
    result: () =>
      Object.fromEntries([...hashes].map(([name, { count, hash }]) => [name, { count, sha256: hash.digest('hex') }])),
  };
}

/** Counts and hashes of all `batches`, by collection. @see createRecordHashes */
export async function hashRecords(
  batches: AsyncIterable<RecordBatch>,
  createHash: () => TextHash,
): Promise<Readonly<Record<string, RecordHash>>> {
  const hashes = createRecordHashes(createHash);
  for await (const batch of batches) hashes.add(batch);
  return hashes.result();
}
