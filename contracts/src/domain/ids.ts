import * as z from 'zod';

/** A UUIDv7: unique, and ordered by the time it was made. */
export const Id = z.uuid();
export type Id = z.output<typeof Id>;

let lastMs = 0;
let counter = 0;

/**
 * A new UUIDv7. Ids made by one process sort in the order they were made, also within one millisecond.
 * @see RFC 9562 section 5.7, method 1 of section 6.2
 */
export function newId(nowMs: number = Date.now()): Id {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0);
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(lastMs / 2 ** (8 * (5 - index))) & 0xff;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
