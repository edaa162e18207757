import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { createRecordHashes } from '@parley/contracts';
import type { RecordBatch } from '@parley/contracts';
import { archiveErrors } from './archive-errors.ts';
import { ARCHIVE_FORMAT, ARCHIVE_FORMAT_VERSION } from './archive-format.ts';
import type { ArchiveFooter, ArchiveHeader, ArchiveLine } from './archive-format.ts';
import type { InstallationFile } from './installation-files.ts';
import { syncFolder } from './sync-folder.ts';

/** What an archive is made of. */
export interface ArchiveContent {
  readonly header: Omit<ArchiveHeader, 'kind' | 'format' | 'formatVersion' | 'createdAt'>;
  readonly files: readonly InstallationFile[];
  readonly batches: AsyncIterable<RecordBatch>;
}

/** How far a transfer is. */
export interface TransferProgress {
  readonly records: number;
  /** Of the archive, as it lies on the disk. */
  readonly bytes?: number;
}

/** How an archive is written. */
export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** What was written. */
export interface WrittenArchive {
  readonly path: string;
  readonly bytes: number;
  readonly footer: ArchiveFooter;
}

async function* fileLines({ path, read }: InstallationFile, sums: ArchiveFooter['files']): AsyncGenerator<ArchiveLine> {
  const hash = createHash('sha256');
  let bytes = 0;
  let held: Buffer | undefined;
  for await (const piece of read()) {
    if (held !== undefined) yield { kind: 'file', path, data: held.toString('base64'), isLast: false };
    hash.update(piece);
    bytes += piece.length;
    held = piece;
  }
  yield { kind: 'file', path, data: held?.toString('base64') ?? '', isLast: true };
  sums[path] = { bytes, sha256: hash.digest('hex') };
}

async function* allLines(
  { header, files, batches }: ArchiveContent,
  tell: (records: number) => void,
  done: (footer: ArchiveFooter) => void,
): AsyncGenerator<ArchiveHeader | ArchiveLine> {
  const createdAt = new Date().toISOString();
  yield { kind: 'header', format: ARCHIVE_FORMAT, formatVersion: ARCHIVE_FORMAT_VERSION, createdAt, ...header };
  const fileSums: ArchiveFooter['files'] = {};
  for (const file of files) yield* fileLines(file, fileSums);
  const hashes = createRecordHashes(() => createHash('sha256'));
  let count = 0;
  for await (const batch of batches) {
    const { collection, version, scope, records } = batch;
    hashes.add(batch);
    yield { kind: 'records', collection, version, scope, records: [...records] };
    count += records.length;
    tell(count);
  }
  const footer: ArchiveFooter = { kind: 'footer', records: count, collections: hashes.result(), files: fileSums };
  done(footer);
  yield footer;
}

async function* sealed(lines: AsyncIterable<ArchiveHeader | ArchiveLine>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const encode = (line: ArchiveHeader | ArchiveLine) => Buffer.from(`${JSON.stringify(line)}\n`);
  for await (const line of lines) {
    const bytes = encode(line);
    hash.update(bytes);
    yield bytes;
  }
  yield encode({ kind: 'seal', sha256: hash.digest('hex') });
}

/**
 * Writes a backup to `path`, which appears whole or not at all, readable by its owner only.
 * Units: memory for one batch and the compressor's window, whatever the size of the database.
 * @throws ARCHIVE_EXISTS, and what the driver throws
 */
export async function writeArchive(
  path: string,
  content: ArchiveContent,
  { signal, onProgress }: WriteOptions = {},
): Promise<WrittenArchive> {
  if (existsSync(path)) throw archiveErrors.EXISTS({ path });
  const partial = `${path}.partial`;
  const output = createWriteStream(partial, { mode: 0o600, flush: true });
  const tell = (records: number) => onProgress?.({ records, bytes: output.bytesWritten });
  let footer: ArchiveFooter | undefined;
  try {
    const lines = sealed(allLines(content, tell, (made) => (footer = made)));
    await pipeline(
      Readable.from(lines, { objectMode: true, highWaterMark: 1 }),
      createZstdCompress(),
      output,
      signal ? { signal } : {},
    );
    await rename(partial, path);
    syncFolder(dirname(path));
    return { path, bytes: output.bytesWritten, footer: footer as ArchiveFooter };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
