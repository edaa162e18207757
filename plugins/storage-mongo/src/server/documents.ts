import type { StoredRecord } from '@parley/contracts';
import type { Layout } from './layout.ts';
import { uniqueValue, valueOf } from './layout.ts';
import { fromKey, fromTopKey, OWN, toKey, toTopKey } from './names.ts';

/** A record as it lies in the database. */
export interface StoredDocument {
  readonly _id: string;
  readonly [OWN]?: OwnPart;
  readonly [field: string]: unknown;
}

/** What a document holds beside the record. */
export interface OwnPart {
  /** Of the entity; 1 without one. */
  readonly version?: number;
  /** The instant of the time to live, as the type that MongoDB's own removal needs. */
  readonly expiresAt?: Date;
  readonly unique?: Readonly<Record<string, string>>;
}

/**
 * JSON null as a field of the record. MongoDB takes a missing field for null when it sorts and compares, Parley does not;
 * these no bytes are a value of their own.
 */
const NULL = new Uint8Array(0);

/** A value of a filter or field of a record, as a document holds it. */
export const toFieldValue = (value: unknown): unknown => (value === null ? NULL : value);

const isBinary = (value: object): boolean =>
  ArrayBuffer.isView(value) || ('_bsontype' in value && value._bsontype === 'Binary');

/** A list inside a list, which not every server keeps; no field's name can look like this. */
const LIST = '%list';

const encodeElement = (value: unknown): unknown => (Array.isArray(value) ? { [LIST]: encode(value) } : encode(value));

function encode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encodeElement);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [toKey(key), encode(field)]));
}

function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  if (isBinary(value)) return null;
  if (LIST in value) return decode(value[LIST]);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [fromKey(key), decode(field)]));
}

function ownPart({ collection, uniques }: Layout, record: StoredRecord): OwnPart {
  const { version, ttl } = collection;
  const until = ttl === undefined ? undefined : valueOf(record, ttl);
  const expiresAt = typeof until === 'string' ? new Date(until) : undefined;
  const keys = uniques.flatMap((unique) => {
    const value = uniqueValue(record, unique);
    return value === undefined ? [] : [[unique.name, value] as const];
  });
  return {
    ...(version === 1 ? {} : { version }),
    ...(expiresAt === undefined || Number.isNaN(expiresAt.getTime()) ? {} : { expiresAt }),
    ...(keys.length === 0 ? {} : { unique: Object.fromEntries(keys) }),
  };
}

/** A record with `own` as a document. */
export function withOwnPart(record: StoredRecord, own: OwnPart): StoredDocument {
  const fields = Object.entries(record).map(([key, value]) => [toTopKey(key), value === null ? NULL : encode(value)]);
  return Object.fromEntries([...fields, ...(Object.keys(own).length === 0 ? [] : [[OWN, own]])]) as StoredDocument;
}

/** A record as the document that is written. */
export const toDocument = (layout: Layout, record: StoredRecord): StoredDocument =>
  withOwnPart(record, ownPart(layout, record));

/** The record of a document. */
export const toRecord = (document: StoredDocument): StoredRecord =>
  Object.fromEntries(
    Object.entries(document).flatMap(([key, value]) => (key === OWN ? [] : [[fromTopKey(key), decode(value)]])),
  ) as StoredRecord;

/** The version of the entity that a document was written for. */
export const versionOf = (document: StoredDocument): number => document[OWN]?.version ?? 1;

/** One document as a batch leaves it; without `document` it is removed. */
export interface StoredChange {
  /** Name of the MongoDB collection. */
  readonly name: string;
  readonly id: string;
  readonly document?: StoredDocument;
}
