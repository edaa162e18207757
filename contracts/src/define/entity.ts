import * as z from 'zod';

/** Fields the store adds to every record and plugins never write. */
export interface RecordBase {
  /** UUIDv7, or the id given at insert. */
  readonly id: string;
  readonly tenantId: string;
  /** The owning user; absent on records of scope `tenant` and `global`. */
  readonly ownerId?: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  /** Counts the writes of this record from 1; an update names the one it has seen. */
  readonly rev: number;
}

/** The schema of the fields every record has. */
export const RecordBase = z.object({
  id: z.string(),
  tenantId: z.string(),
  ownerId: z.string().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  rev: z.number().int().min(1),
});

/** Whose records a principal reaches: its own, its tenant's, or everybody's. */
export type EntityScope = 'user' | 'tenant' | 'global';

/** One index over fields of an entity, or over fields of the record base. */
export interface EntityIndex<F extends string> {
  readonly fields: readonly (F | 'createdAt' | 'updatedAt')[];
  /** No two records of one owner (scope user), tenant or store hold the same values. */
  readonly unique?: boolean;
}

/** What people can search for in the records of an entity. `T` is a record as stored. */
export interface EntitySearch<T, F extends string = string> {
  /** Fields that everything here is made from; a write that touches none of them changes nothing in the index. */
  readonly fields: readonly F[];
  /** Raised by one when the same record is to be found in another way; its index is then filled again. 1 without one. */
  readonly version?: number;
  /** What can be found, by name; a record without a text is not in the index. */
  text(record: T): Readonly<Record<string, string>>;
  /** The moment to sort and filter by, ISO 8601, UTC; `createdAt` without it. */
  at?(record: T): string;
  /** What can be filtered by. */
  tags?(record: T): Readonly<Record<string, string>>;
}

/**
 * A persisted record type: a table on SQLite, a Mongoose model on MongoDB. `Parent` is the field that names a record's
 * parent, `never` where it has none.
 */
export interface Entity<S extends z.ZodObject, Parent extends string = never> {
  /** Unique within the plugin; the store prefixes it with the plugin's id. */
  readonly name: string;
  readonly schema: S;
  /** Raised by one with each change that old records must be migrated for. */
  readonly version: number;
  readonly scope: EntityScope;
  /**
   * Field with the id of the record this one belongs to, for all of its life. A user then reaches it through that parent
   * only, by `within(parentId)`, so that knowing its id opens nothing.
   */
  readonly parent?: Parent;
  /** Fields that never leave the server, not even with an export of all that is known of a person. */
  readonly secret?: readonly (keyof z.output<S> & string)[];
  readonly indexes?: readonly EntityIndex<keyof z.output<S> & string>[];
  /** Field with an ISO 8601 instant after which the record may be removed. */
  readonly ttl?: keyof z.output<S> & string;
  /** What the search index covers, of entities of scope `user`: fields that hold texts, or how to make texts of a record. */
  readonly search?:
    | readonly (keyof z.output<S> & string)[]
    | EntitySearch<z.output<S> & RecordBase, keyof z.output<S> & string>;
  /** Turns a record of version `n` into one of `n + 1`, by `n`. */
  readonly migrate?: Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>>;
}

/** Any entity, whatever its schema. */
export type AnyEntity = Entity<z.ZodObject, string>;

/** An entity as data; the plugin lists it in `entities` and reaches its records through `ctx.store`. */
export function defineEntity<S extends z.ZodObject, const Parent extends keyof z.output<S> & string = never>(
  entity: Entity<S, Parent>,
): Entity<S, Parent> {
  return entity;
}

/** A record of entity `E` as the store returns it. */
export type RecordOf<E> = E extends Entity<infer S, string> ? z.output<S> & RecordBase : never;
