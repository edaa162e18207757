import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createZstdDecompress } from 'node:zlib';
import { createRecordHashes, isAppError } from '@parley/contracts';
import type { RecordBatch } from '@parley/contracts';
import { archiveErrors } from './archive-errors.ts';
import {
  ARCHIVE_FORMAT,
  ARCHIVE_FORMAT_VERSION,
  ArchiveHeader,
  ArchiveLine,
  MAX_LINE_BYTES,
} from './archive-format.ts';
import type { ArchiveFooter } from './archive-format.ts';
import { isRestorable } from './installation-files.ts';
import { splitLines } from './split-lines.ts';

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** How an archive is read. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of the bytes read of the file so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** What an archive is, after every byte of it was checked. */
export interface VerifiedArchive {
  readonly path: string;
  readonly bytes: number;
  readonly header: ArchiveHeader;
  readonly footer: ArchiveFooter;
  /** SHA-256 of its content: another archive has another one. */
  readonly sha256: string;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @throws ARCHIVE_NOT_FOUND, ARCHIVE_FOREIGN */
async function sizeOf(path: string): Promise<number> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(ZSTD_MAGIC.length), 0, ZSTD_MAGIC.length, 0);
    if (bytesRead < ZSTD_MAGIC.length || !buffer.equals(ZSTD_MAGIC)) {
      throw archiveErrors.FOREIGN({ path, reason: 'it is not compressed with zstd' });
    }
    return (await file.stat()).size;
  } catch (error) {
    throw isAppError(error) ? error : archiveErrors.NOT_FOUND({ path, reason: reasonOf(error) }, error);
  }
}

/** The lines of an archive as bytes. @throws ARCHIVE_DAMAGED */
async function* rawLines(path: string, { signal, onBytes }: ReadOptions): AsyncGenerator<Buffer> {
  const input = createReadStream(path, signal === undefined ? {} : { signal });
  if (onBytes !== undefined) input.on('data', () => onBytes(input.bytesRead));
  const plain = input.pipe(createZstdDecompress());
  input.once('error', (error) => plain.destroy(error));
  try {
    yield* splitLines(plain as AsyncIterable<Buffer>, MAX_LINE_BYTES);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw archiveErrors.DAMAGED({ path, reason: `it is cut off or was changed (${reasonOf(error)})` }, error);
  } finally {
    input.destroy();
    plain.destroy();
  }
}

const parseJson = (line: Buffer): unknown => {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
};

/** @throws ARCHIVE_FOREIGN, ARCHIVE_NEWER */
function parseHeader(line: Buffer, path: string): ArchiveHeader {
  const value = parseJson(line) as Partial<Record<keyof ArchiveHeader, unknown>> | undefined;
  if (value?.format !== ARCHIVE_FORMAT) {
    throw archiveErrors.FOREIGN({ path, reason: `its first line does not say ${ARCHIVE_FORMAT}` });
  }
  const { formatVersion: found, parley } = value;
  if (typeof found === 'number' && found > ARCHIVE_FORMAT_VERSION) {
    throw archiveErrors.NEWER({ path, found, parley: String(parley), known: ARCHIVE_FORMAT_VERSION });
  }
  const parsed = ArchiveHeader.safeParse(value);
  if (parsed.success) return parsed.data;
  throw archiveErrors.FOREIGN({ path, reason: parsed.error.issues.map(({ message }) => message).join('; ') });
}

function parseLine(line: Buffer, path: string, number: number): ArchiveLine {
  const parsed = ArchiveLine.safeParse(parseJson(line));
  if (!parsed.success) throw archiveErrors.DAMAGED({ path, reason: `line ${number} is not what a backup holds` });
  if (parsed.data.kind === 'file' && !isRestorable(parsed.data.path)) {
    throw archiveErrors.DAMAGED({ path, reason: `it holds the file ${parsed.data.path}, which is none of Parley's` });
  }
  return parsed.data;
}

/** Header and lines of an archive up to its seal, which must fit and be the last. */
async function* readLines(path: string, options: ReadOptions): AsyncGenerator<ArchiveHeader | ArchiveLine> {
  const hash = createHash('sha256');
  let number = 0;
  let isSealed = false;
  for await (const bytes of rawLines(path, options)) {
    number += 1;
    if (isSealed) throw archiveErrors.DAMAGED({ path, reason: 'something was added behind its end' });
    const line = number === 1 ? parseHeader(bytes, path) : parseLine(bytes, path, number);
    if (line.kind === 'seal') {
      isSealed = true;
      if (line.sha256 !== hash.digest('hex'))
        throw archiveErrors.DAMAGED({ path, reason: 'its checksum does not fit' });
    } else hash.update(bytes).update('\n');
    yield line;
  }
  if (number === 0) throw archiveErrors.FOREIGN({ path, reason: 'it is empty' });
  if (!isSealed) throw archiveErrors.DAMAGED({ path, reason: 'its end is missing' });
}

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** The content of the files of an archive, piece by piece, up to the first records. */
export async function* archiveFiles(path: string, options: ReadOptions = {}) {
  for await (const line of readLines(path, options)) {
    if (line.kind === 'file') yield { path: line.path, data: Buffer.from(line.data, 'base64'), isLast: line.isLast };
    else if (line.kind !== 'header') return;
  }
}

/** The records of an archive, in the form a driver takes. */
export async function* archiveBatches(path: string, options: ReadOptions = {}): AsyncGenerator<RecordBatch> {
  for await (const line of readLines(path, options)) {
    if (line.kind === 'records') yield line as unknown as RecordBatch;
  }
}

/**
 * Reads a whole archive and checks every byte of it.
 * @throws ARCHIVE_NOT_FOUND, ARCHIVE_FOREIGN, ARCHIVE_NEWER, ARCHIVE_DAMAGED
 */
export async function verifyArchive(path: string, options: ReadOptions = {}): Promise<VerifiedArchive> {
  const bytes = await sizeOf(path);
  const hashes = createRecordHashes(() => createHash('sha256'));
  const files = createFileSums();
  let header: ArchiveHeader | undefined;
  let footer: ArchiveFooter | undefined;
  let sha256: string | undefined;
  for await (const line of readLines(path, options)) {
    if (line.kind === 'header') header = line;
    else if (line.kind === 'records') hashes.add(line as unknown as RecordBatch);
    else if (line.kind === 'file') files.add(line.path, Buffer.from(line.data, 'base64'), line.isLast);
    else if (line.kind === 'footer') footer = line;
    else sha256 = line.sha256;
  }
  if (header === undefined || footer === undefined || sha256 === undefined) {
    throw archiveErrors.DAMAGED({ path, reason: 'it says nowhere what it holds' });
  }
  if (!isSame(footer.collections, hashes.result()) || !isSame(footer.files, files.finish())) {
    throw archiveErrors.DAMAGED({ path, reason: 'it does not hold what its end says' });
  }
  return { path, bytes, header, footer, sha256 };
}

function createFileSums() {
  const sums: ArchiveFooter['files'] = {};
  let hash = createHash('sha256');
  let bytes = 0;
  return {
    add(path: string, data: Buffer, isLast: boolean) {
      hash.update(data);
      bytes += data.length;
      if (!isLast) return;
      sums[path] = { bytes, sha256: hash.digest('hex') };
      hash = createHash('sha256');
      bytes = 0;
    },
    finish: () => sums,
  };
}
