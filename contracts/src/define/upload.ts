import * as z from 'zod';

/** A file on its way to the server; its bytes are read while they come. */
export interface Upload {
  /** Media type as its sender names it, such as `audio/webm;codecs=opus`; what the bytes are may be something else. */
  readonly mediaType: string;
  /** @throws HOST_TOO_LARGE past the `maxBytes` of the operation */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'bytes' in value && 'mediaType' in value;

/**
 * The input field that is the request body itself: `op({ ..., input: z.object({ audio: Upload }), upload: { field: 'audio',
 * mediaTypes: ['audio/*'] }, maxBytes })`. Not for plugins in a process of their own.
 */
export const Upload = z.custom<Upload>(
  isUpload,
  'expected a file with mediaType and bytes, as the body of the request',
);

/** Whether a media type, with parameters or without, is one of `kinds`. Shape: whole types, or `image/*`. */
export function isMediaType(mediaType: string, kinds: readonly string[]): boolean {
  const [bare = ''] = mediaType.toLowerCase().split(';');
  const type = bare.trim();
  return kinds.some((kind) => kind === type || (kind.endsWith('/*') && type.startsWith(kind.slice(0, -1))));
}

/** All bytes of a file in one piece. */
export async function joinBytes(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    length += piece.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
