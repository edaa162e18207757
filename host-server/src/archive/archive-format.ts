import * as z from 'zod';

/** What the first line of every archive says it is. */
export const ARCHIVE_FORMAT = 'parley-backup';
/** Raised with each change that programs of before could not read. */
export const ARCHIVE_FORMAT_VERSION = 1;

/** The longest line of an archive, so that reading one needs no more memory than that. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** The first line. */
export const ArchiveHeader = z.object({
  kind: z.literal('header'),
  format: z.literal(ARCHIVE_FORMAT),
  formatVersion: z.literal(ARCHIVE_FORMAT_VERSION),
  /** Version of the program that wrote it. */
  parley: z.string(),
  createdAt: z.iso.datetime(),
  /** Title of the storage driver the records come from. */
  driver: z.string(),
  /** Tells whether a root key is the one the data was written under, without telling the key. */
  keyFingerprint: z.string().optional(),
  /** Name of the config file the installation had. */
  configFile: z.string().optional(),
});
export type ArchiveHeader = z.output<typeof ArchiveHeader>;

/** A piece of a file; a long file is several lines, the last of them marked. */
const ArchiveFileLine = z.object({
  kind: z.literal('file'),
  path: z.string(),
  /** In base64. */
  data: z.base64(),
  isLast: z.boolean(),
});

/** Up to 500 records of one collection, as the driver gave them. */
const ArchiveRecordsLine = z.object({
  kind: z.literal('records'),
  collection: z.string(),
  version: z.number().int(),
  scope: z.enum(['user', 'tenant', 'global']),
  records: z.array(
    z.custom<{ readonly id: string }>(
      (value) => typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string',
    ),
  ),
});

const CollectionSum = z.object({ count: z.number().int(), sha256: z.string() });
const FileSum = z.object({ bytes: z.number().int(), sha256: z.string() });

/** What the lines before it hold together. */
export const ArchiveFooter = z.object({
  kind: z.literal('footer'),
  records: z.number().int(),
  collections: z.record(z.string(), CollectionSum).readonly(),
  files: z.record(z.string(), FileSum),
});
export type ArchiveFooter = z.output<typeof ArchiveFooter>;

/** The last line: SHA-256 of all bytes before it. */
const ArchiveSeal = z.object({ kind: z.literal('seal'), sha256: z.string() });

/** Every line but the first. */
export const ArchiveLine = z.discriminatedUnion('kind', [
  ArchiveFileLine,
  ArchiveRecordsLine,
  ArchiveFooter,
  ArchiveSeal,
]);
export type ArchiveLine = z.output<typeof ArchiveLine>;
