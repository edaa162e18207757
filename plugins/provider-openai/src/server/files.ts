import type { FileContent } from '@parley/contracts';
import type { FileKind } from './config.ts';

const KINDS: Readonly<Record<FileKind, readonly string[]>> = {
  images: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  pdf: ['application/pdf'],
  text: ['text/plain', 'text/markdown', 'text/csv', 'text/html', 'application/json'],
};
const MAX_BYTES = 30 * 1_024 * 1_024;

/** The files that are read for a server which takes these kinds. */
export const acceptedFiles = (reads: readonly FileKind[]) => ({
  kinds: reads.flatMap((kind) => KINDS[kind]),
  maxBytes: MAX_BYTES,
});

export const isImage = ({ mime }: FileContent): boolean => KINDS.images.includes(mime);
export const isPdf = ({ mime }: FileContent): boolean => KINDS.pdf.includes(mime);

/** A file as an address that holds it. */
export const toDataUrl = ({ bytes, mime }: FileContent): string =>
  `data:${mime};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;

/** A file of text as words, under its name. */
export const toFileWords = (name: string, { bytes }: FileContent): string =>
  `[file ${name}]\n${new TextDecoder().decode(bytes)}`;
