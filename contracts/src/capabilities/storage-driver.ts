import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import { defineErrors } from '../define/errors.ts';
import type { EntityScope, RecordBase } from '../define/entity.ts';

/**
 * A record as a driver keeps it: the base fields and the entity's own, all JSON values, returned exactly as they came.
 * Texts are never normalised (`é` of one code point is not `é` of two), only a lone surrogate, which UTF-8 can not hold,
 * becomes U+FFFD; numbers are finite doubles and -0 is 0; instants are ISO 8601 texts; a field that is `undefined` is not there, at any depth, while null is a value.
 * Keys below the first level are any texts. At most 80 levels; drivers take records of 1 MB, larger ones may be refused.
 * What JSON would change, such as NaN or a `Date`, is refused with STORAGE_INVALID.
 * @see toStored, which drivers check and make records with
 */
export type StoredRecord = RecordBase & Readonly<Record<string, unknown>>;

/** What a list holds; of a field that may be anything, anything. */
type ElementOf<V> = unknown extends V ? unknown : V extends readonly (infer E)[] ? E : never;

/**
 * Tests on one field; all given ones must hold. Values are texts, numbers, booleans and null; they are compared exactly, by
 * kind, case and code point. Ranges take texts and numbers and stay among values of their own kind; `prefix` is for texts.
 * A list or object equals nothing: only `has` looks into a list, and only at elements that are no lists or objects.
 */
export interface FieldTest<V> {
  readonly in?: readonly V[];
  /** Everything else, records without the field included. */
  readonly not?: V;
  readonly gt?: V;
  readonly gte?: V;
  readonly lt?: V;
  readonly lte?: V;
  readonly prefix?: string;
  /** Whether the field is there at all. */
  readonly exists?: boolean;
  /** The field is a list and this is one of its elements. */
  readonly has?: ElementOf<V>;
}

/**
 * A filter over records of type `T`: all named fields must match, and `and`, `or`, `not` combine filters. Fields are named
 * with letters, digits and `_`. Drivers refuse `undefined` and unknown tests with STORAGE_INVALID, since leaving them out
 * would widen the filter.
 * @see parseWhere, which drivers read filters with
 */
export type Where<T> = { readonly [K in keyof T]?: T[K] | FieldTest<Exclude<T[K], undefined>> } & {
  readonly and?: readonly Where<T>[];
  readonly or?: readonly Where<T>[];
  readonly not?: Where<T>;
};

/** A page of records: filter, order, and where the last page ended. */
export interface Query<T> {
  readonly where?: Where<T>;
  /**
   * Order by these fields, then by id in the direction of the last; by id alone without it. Numbers go by size and come
   * before texts, which go by code point; false comes before true; a missing field comes before every value. Where null,
   * booleans, lists and objects stand among the others is the driver's, but the same for every read.
   * @see parseOrder, which drivers read the order with
   */
  readonly sort?: readonly (readonly [field: keyof T & string, direction: 'asc' | 'desc'])[];
  /** 1..1000. */
  readonly limit: number;
  /** `next` of the page before. Stable under writes: nothing is skipped or repeated that did not move. */
  readonly after?: string;
}

/** One page; `next` is absent on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** What a driver must know of one entity of one plugin. */
export interface Collection {
  /** `<plugin id>.<entity name>`. */
  readonly name: string;
  readonly scope: EntityScope;
  readonly version: number;
  /**
   * Unique indexes already include the owner (scope user) or tenant (scope tenant). They are for texts, numbers, booleans and
   * null; a record without one of the fields is like no other.
   */
  readonly indexes: readonly { readonly fields: readonly string[]; readonly unique: boolean }[];
  /** Field with the instant after which a record may go. */
  readonly ttl?: string;
  readonly migrate?: Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>>;
}

/** One write. `where` narrows what may be touched (owner, tenant); a record outside it does not exist. */
export type Write =
  | { readonly kind: 'insert'; readonly collection: string; readonly record: StoredRecord }
  | {
      readonly kind: 'update';
      readonly collection: string;
      readonly id: string;
      readonly where: Where<StoredRecord>;
      /** Fields to set, each as a whole; one that is `undefined` is removed. `rev` is raised by the driver. */
      readonly patch: Readonly<Record<string, unknown>>;
      /** The `rev` the writer has seen; without one the last writer wins. */
      readonly rev?: number;
    }
  | {
      readonly kind: 'delete';
      readonly collection: string;
      readonly id: string;
      readonly where: Where<StoredRecord>;
      readonly rev?: number;
    };

/**
 * When a write counts as done: `full` after it would survive a loss of power, `relaxed` after it would survive a crash
 * of the process.
 */
export type Durability = 'full' | 'relaxed';

/** Reads and writes that see and leave one consistent state. */
export interface StorageSession {
  get(collection: string, id: string, where: Where<StoredRecord>): Promise<StoredRecord | undefined>;
  find(collection: string, query: Query<StoredRecord>): Promise<Page<StoredRecord>>;
  count(collection: string, where: Where<StoredRecord>): Promise<number>;
  /**
   * All writes or none. Shape: for each write the record as it now is; `undefined` for a delete.
   * @throws STORAGE_NOT_FOUND, STORAGE_CONFLICT, STORAGE_DUPLICATE, STORAGE_FULL, STORAGE_UNAVAILABLE
   */
  write(writes: readonly Write[], durability?: Durability): Promise<readonly (StoredRecord | undefined)[]>;
}

/**
 * Records of one collection as they are kept: what backups, moves between drivers and exports are made of.
 * Shape: at least one record and at most 500; about 1 MB, unless one record is larger.
 */
export interface RecordBatch {
  readonly collection: string;
  /**
   * Of these records. Batches of a collection whose migration was cut off have two versions, the newer ones first.
   */
  readonly version: number;
  readonly scope: EntityScope;
  readonly records: readonly StoredRecord[];
}

/** Which records a backup takes. */
export interface BackupOptions {
  /** Ends the backup with its reason. */
  readonly signal?: AbortSignal;
  /** Goes on behind this place, for a transfer that was cut off. */
  readonly after?: { readonly collection: string; readonly id: string };
}

/** How much a driver keeps. Units: bytes on disk, where the driver can tell. */
export interface StorageStatistics {
  readonly bytes?: number;
  /** Every collection that was ever prepared or restored, by name. */
  readonly collections: readonly {
    readonly name: string;
    readonly version: number;
    readonly scope: EntityScope;
    /** How many records. */
    readonly count: number;
    readonly bytes?: number;
  }[];
}

/** Where records are kept. Knows nothing of principals: the kernel's stores bind every call to one. */
export interface StorageDriver extends StorageSession {
  /** Creates what the collections need and migrates older records; may be run again after a kill. */
  prepare(collections: readonly Collection[]): Promise<void>;
  /** Runs `work` against one state that nobody else changes; commits when it returns, rolls back when it throws. */
  transaction<T>(work: (session: StorageSession) => Promise<T>): Promise<T>;
  /**
   * Every record of every collection, also of those that nobody has prepared since the start, as of one instant, while
   * serving. Order: the collection's name, then the id, by code point; two backups of the same records are equal.
   */
  backup(options?: BackupOptions): AsyncIterable<RecordBatch>;
  /**
   * Keeps the records as they come, ids, `rev` and times included, in place of those with the same id; repeating a batch
   * changes nothing. Its collection need not be prepared: the next `prepare` brings indexes and migrates from the batch's
   * version. For a database that nobody else uses. Resolves once everything is on disk.
   */
  restore(batches: AsyncIterable<RecordBatch>): Promise<void>;
  /** How many records there are, and how large. */
  statistics(): Promise<StorageStatistics>;
}

/** Where records are kept. */
export const storageDriver = defineCapability<StorageDriver>()({
  id: 'storage-driver',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({ title: z.string().min(1) }),
});

/** What can go wrong in a store, the same for every driver. */
export const storageErrors = defineErrors('storage', {
  NOT_FOUND: [404, 'There is no {entity} {id}'],
  CONFLICT: [409, '{entity} {id} has changed since it was read; read it again and repeat the change'],
  DUPLICATE: [409, 'There is already a {entity} with the same {fields}'],
  INVALID: [400, '{entity} does not fit its schema: {reason}'],
  FULL: [507, 'The disk is full; nothing was saved'],
  UNAVAILABLE: [503, 'The database can not be reached; nothing was saved'],
  NESTED_WRITE: [
    500,
    'A write outside the running transaction would wait for it forever; use the stores of the transaction',
  ],
});
