import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { privacyErrors } from '../contract/index.ts';

/** One file of an archive; its content is asked for when its turn comes. */
export interface ZipFile {
  readonly path: string;
  read(): AsyncIterable<Uint8Array | string>;
}

interface Entry {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

const VERSION = 20;
/** Sizes follow the content; names are UTF-8. */
const FLAGS = 0x08_08;
const DEFLATE = 8;
const MAX_BYTES = 0xff_ff_ff_ff;
const MAX_ENTRIES = 0xff_ff;
/** `-rw-------` of a Unix file. */
const ATTRIBUTES = (0o100_600 << 16) >>> 0;

/** Numbers as a zip has them: `[value, bytes]`, the lowest byte first. */
function pack(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields)
    at = bytes === 2 ? buffer.writeUInt16LE(value, at) : buffer.writeUInt32LE(value, at);
  return buffer;
}

/** Date and time in the two words of a zip, UTC. */
function toDos(atMs: number): readonly [time: number, date: number] {
  const at = new Date(atMs);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return [time, ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()];
}

/**
 * An archive that any system opens, made while it is read: a file is never held as a whole.
 * @throws PRIVACY_TOO_LARGE
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function* zip(files: AsyncIterable<ZipFile>, atMs: number): AsyncGenerator<Uint8Array, void> {
  const [time, date] = toDos(atMs);
  const entries: Entry[] = [];
  let offset = 0;
  const out = (bytes: Uint8Array): Uint8Array => {
    offset += bytes.length;
    if (offset > MAX_BYTES) throw privacyErrors.TOO_LARGE();
    return bytes;
  };
  for await (const file of files) {
    if (entries.length === MAX_ENTRIES) throw privacyErrors.TOO_LARGE();
    const name = Buffer.from(file.path);
    const start = offset;
    yield out(
      pack(
        [0x04_03_4b_50, 4],
        [VERSION, 2],
        [FLAGS, 2],
        [DEFLATE, 2],
        [time, 2],
        [date, 2],
        [0, 4],
        [0, 4],
        [0, 4],
        [name.length, 2],
        [0, 2],
      ),
    );
    yield out(name);
    let crc = 0;
    let size = 0;
    const measured = async function* () {
      for await (const piece of file.read()) {
        const bytes = Buffer.from(piece);
        crc = crc32(bytes, crc);
        size += bytes.length;
        if (bytes.length > 0) yield bytes;
      }
    };
    const contentStart = offset;
    const source = Readable.from(measured(), { objectMode: false });
    const packed = source.compose(createDeflateRaw()) as AsyncIterable<Buffer>;
    for await (const bytes of packed) yield out(bytes);
    if (size > MAX_BYTES) throw privacyErrors.TOO_LARGE();
    const packedSize = offset - contentStart;
    yield out(pack([0x08_07_4b_50, 4], [crc, 4], [packedSize, 4], [size, 4]));
    entries.push({ name, offset: start, crc, packedSize, size });
  }
  const directory = offset;
  for (const { name, offset: start, crc, packedSize, size } of entries) {
    yield out(
      pack(
        [0x02_01_4b_50, 4],
        [(3 << 8) | VERSION, 2],
        [VERSION, 2],
        [FLAGS, 2],
        [DEFLATE, 2],
        [time, 2],
        [date, 2],
        [crc, 4],
        [packedSize, 4],
        [size, 4],
        [name.length, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [ATTRIBUTES, 4],
        [start, 4],
      ),
    );
    yield out(name);
  }
  const length = offset - directory;
  yield out(
    pack(
      [0x06_05_4b_50, 4],
      [0, 2],
      [0, 2],
      [entries.length, 2],
      [entries.length, 2],
      [length, 4],
      [directory, 4],
      [0, 2],
    ),
  );
}
