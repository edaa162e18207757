import * as z from 'zod';

/** A UUIDv7: unique, and ordered by the time it was made. */
export const Id = z.uuid();
export type Id = z.output<typeof Id>;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Random bytes taken in one go: asking for a few at a time would be most of what an id costs. */
const pool = new Uint8Array(4_096);
let used = pool.length;
let lastMs = 0;
let counter = 0;

const nextByte = (): number => {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte;
};

const nextHex = (): string => HEX[nextByte()] ?? '';

/** Moves on to the next pair of millisecond and counter; a new millisecond begins at a random low count. */
function advance(nowMs: number): void {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = ((nextByte() & 0x07) << 8) | nextByte();
    return;
  }
  counter += 1;
  if (counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
}

/**
 * A new UUIDv7. Ids made by one process sort in the order they were made, also within one millisecond.
 * @see RFC 9562 section 5.7, method 1 of section 6.2
 */
export function newId(nowMs: number = Date.now()): Id {
  advance(nowMs);
  const time = lastMs.toString(16).padStart(12, '0');
  const version = (0x7000 | counter).toString(16);
  const variant = `${HEX[0x80 | (nextByte() & 0x3f)]}${nextHex()}`;
  const node = nextHex() + nextHex() + nextHex() + nextHex() + nextHex() + nextHex();
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${node}`;
}
