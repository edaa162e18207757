import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BackupOptions, RecordBatch, StoredRecord } from '@parley/contracts';
import { KNOWN_SQL, toKnown } from './catalog.ts';
import type { NamedKnown } from './catalog.ts';
import { parseDoc } from './records.ts';
import type { RemoteConnection } from './remote-connection.ts';
import { quote, toTable } from './sql-names.ts';

const MAX_RECORDS = 500;
const MAX_BATCH_CHARACTERS = 1_000_000;
/** 64 MB. What a backup still needs can not be folded into the file, so a slow reader would let the log grow for ever. */
const MAX_LOG_PAGES = 16_000;

/** Records of one collection that are of one version: behind `after`, up to and including `until`. */
interface Section {
  readonly version: number;
  readonly after: string;
  readonly until?: string;
}

/** A migration that was cut off leaves the rows up to its cursor at the newer version. */
function sectionsOf({ version, rewrite }: NamedKnown, after: string): readonly Section[] {
  if (rewrite === undefined || rewrite.cursor === '' || rewrite.version === version) return [{ version, after }];
  const { cursor } = rewrite;
  if (Buffer.compare(Buffer.from(after), Buffer.from(cursor)) >= 0) return [{ version, after }];
  return [
    { version: rewrite.version, after, until: cursor },
    { version, after: cursor },
  ];
}

async function readRecords(
  source: RemoteConnection,
  table: string,
  { after, until }: Section,
): Promise<readonly StoredRecord[]> {
  const end = until === undefined ? '' : 'AND id <= ?';
  const sql = `SELECT doc FROM ${table} WHERE id > ? ${end} ORDER BY id LIMIT ${MAX_RECORDS}`;
  const rows = await source.rows(sql, until === undefined ? [after] : [after, until], MAX_BATCH_CHARACTERS);
  return Array.from(rows, ([doc]) => parseDoc(doc as string));
}

async function* readBatches(source: RemoteConnection, place: BackupOptions['after']): AsyncGenerator<RecordBatch> {
  for (const row of await source.rows(KNOWN_SQL)) {
    const known = toKnown(row);
    const { name: collection, scope } = known;
    if (place !== undefined && collection < place.collection) continue;
    const table = quote(toTable(collection));
    for (const section of sectionsOf(known, place?.collection === collection ? place.id : '')) {
      let { after } = section;
      for (;;) {
        const records = await readRecords(source, table, { ...section, after });
        const last = records.at(-1);
        if (last === undefined) break;
        yield { collection, version: section.version, scope, records };
        after = last.id;
      }
    }
  }
}

/** What stands between the name of the database and the rest of a copy's name. */
export const COPY = '-backup-';

/** Removes copies that a process which was killed has left. */
export function removeCopies(file: string): void {
  const left = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}${COPY}`));
  for (const name of left) rmSync(join(dirname(file), name));
}

/** What a backup needs of its driver. */
export interface BackupSource {
  /** A connection that only reads. */
  readonly open: () => RemoteConnection;
  /** Where a copy may lie while the backup goes on. */
  readonly copyPath: string;
  /** Pages in the write-ahead log. */
  readonly logPages: () => number;
}

/**
 * What `StorageDriver.backup` yields, out of one read transaction of another thread. When the log has grown too much
 * meanwhile, the state the transaction sees is copied to a file, and the log is free again.
 */
export async function* readBackup(
  { open, copyPath, logPages }: BackupSource,
  { signal, after }: BackupOptions,
): AsyncGenerator<RecordBatch> {
  signal?.throwIfAborted();
  const source = open();
  let isCopied = false;
  try {
    await source.rows('BEGIN');
    for await (const batch of readBatches(source, after)) {
      signal?.throwIfAborted();
      yield batch;
      signal?.throwIfAborted();
      if (isCopied || logPages() <= MAX_LOG_PAGES) continue;
      isCopied = true;
      closeSync(openSync(copyPath, 'w', 0o600));
      // Without room for a copy the backup goes on as it was.
      await source.moveTo(copyPath).catch(() => undefined);
    }
  } finally {
    await source.close();
    if (isCopied) await Promise.all(['', '-wal', '-shm'].map((end) => rm(copyPath + end, { force: true })));
  }
}
