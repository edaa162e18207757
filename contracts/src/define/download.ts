import * as z from 'zod';

/** A file on its way to a browser; its bytes are made while it is sent. */
export interface Download {
  /** Name to save it under. */
  readonly name: string;
  /** `application/zip`. */
  readonly mediaType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const isDownload = (value: unknown): value is Download =>
  typeof value === 'object' && value !== null && 'bytes' in value && 'name' in value && 'mediaType' in value;

/**
 * The output of an operation that answers with a file: `op({ ..., output: Download })`. A failure after the first byte
 * breaks the connection, so that no half file passes for a whole one. Not for plugins in a process of their own.
 */
export const Download = z.custom<Download>(isDownload, 'expected a file with name, mediaType and bytes');
