import { crc32 } from 'node:zlib';

/** One message of an event stream. */
export interface Frame {
  /** By name, such as `:event-type`; only those that are text. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const MAX_FRAME_BYTES = 24 * 1_024 * 1_024;
const TEXT = 7;
/** Bytes of a header's value by its type; types 6 and 7 tell their length themselves. */
const VALUE_BYTES: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };

/** Bytes that are no event stream, or a damaged one. */
export class BrokenFrame extends Error {}

function readHeaders(bytes: Buffer): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const name = bytes.toString('latin1', at + 1, nameEnd);
    const type = bytes.readUInt8(nameEnd);
    at = nameEnd + 1;
    const fixed = VALUE_BYTES[type];
    if (fixed !== undefined) at += fixed;
    else {
      const start = at + 2;
      at = start + bytes.readUInt16BE(at);
      if (type === TEXT) headers[name] = bytes.toString('utf8', start, at);
    }
  }
  return headers;
}

function readFrame(bytes: Buffer): Frame {
  const headersEnd = PRELUDE_BYTES + bytes.readUInt32BE(4);
  const end = bytes.length - CHECKSUM_BYTES;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end) || headersEnd > end) {
    throw new BrokenFrame('a message does not fit its checksum');
  }
  return { headers: readHeaders(bytes.subarray(PRELUDE_BYTES, headersEnd)), payload: bytes.subarray(headersEnd, end) };
}

/** Length of the message that begins at `at`. @throws BrokenFrame where there is none */
function frameLength(bytes: Buffer, at: number): number {
  const length = bytes.readUInt32BE(at);
  if (crc32(bytes.subarray(at, at + 8)) !== bytes.readUInt32BE(at + 8)) throw new BrokenFrame('no message begins here');
  if (length < PRELUDE_BYTES + CHECKSUM_BYTES || length > MAX_FRAME_BYTES) {
    throw new BrokenFrame(`a message of ${length} bytes`);
  }
  return length;
}

const toBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Cuts the bytes of an `application/vnd.amazon.eventstream` into its messages, however they arrive. */
export class Frames {
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #neededBytes = PRELUDE_BYTES;

  /** Whether the stream stopped inside a message. */
  get isCut(): boolean {
    return this.#waitingBytes > 0;
  }

  /** Adds bytes and gives each message that is whole now. @throws BrokenFrame */
  feed(bytes: Uint8Array, each: (frame: Frame) => void): void {
    this.#waiting.push(toBuffer(bytes));
    this.#waitingBytes += bytes.byteLength;
    // A long message is put together once, not with every read.
    if (this.#waitingBytes < this.#neededBytes) return;
    const all = this.#waiting.length === 1 ? toBuffer(bytes) : Buffer.concat(this.#waiting);
    let at = 0;
    this.#neededBytes = PRELUDE_BYTES;
    while (all.length - at >= PRELUDE_BYTES) {
      const length = frameLength(all, at);
      if (all.length - at < length) {
        this.#neededBytes = length;
        break;
      }
      each(readFrame(all.subarray(at, at + length)));
      at += length;
    }
    this.#waiting = at === all.length ? [] : [all.subarray(at)];
    this.#waitingBytes = all.length - at;
  }
}
