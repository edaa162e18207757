import type { AnyEntity, Entity, RecordBase } from '../define/entity.ts';
import type { Principal } from '../domain/principal.ts';
import type { Durability, Page, Query, Where } from './storage-driver.ts';
import type * as z from 'zod';

/** What a record is made from: the entity's fields, and its id and owner where the caller decides them. */
export type NewRecord<T> = T & {
  /** A new UUIDv7 without one. */
  readonly id?: string;
  /** System principals name the owner; anybody else is the owner. */
  readonly ownerId?: string;
};

/**
 * Records of one entity as one principal may see them: owner and tenant are part of every read and write, and a record
 * of somebody else does not exist. System principals reach every owner's.
 */
export interface Store<T> {
  /** @throws STORAGE_NOT_FOUND when it is missing or not the principal's. */
  get(id: string): Promise<T & RecordBase>;
  /** `undefined` when it is missing or not the principal's. */
  find(id: string): Promise<(T & RecordBase) | undefined>;
  list(query: Query<T & RecordBase>): Promise<Page<T & RecordBase>>;
  count(where?: Where<T & RecordBase>): Promise<number>;
  /** @throws STORAGE_INVALID, STORAGE_DUPLICATE */
  insert(record: NewRecord<T>, durability?: Durability): Promise<T & RecordBase>;
  /** All or none. */
  insertMany(records: readonly NewRecord<T>[], durability?: Durability): Promise<readonly (T & RecordBase)[]>;
  /**
   * Sets the fields of `patch`; one that is `undefined` is removed.
   * @throws STORAGE_CONFLICT when `rev` is given and is not the current one
   */
  update(id: string, patch: { readonly [K in keyof T]?: T[K] | undefined }, rev?: number): Promise<T & RecordBase>;
  delete(id: string, rev?: number): Promise<void>;
}

/** The store of an entity `E`. */
export type StoreOf<E> = E extends Entity<infer S> ? Store<z.output<S>> : never;

/** Stores whose reads and writes happen together or not at all. */
export interface Transaction {
  /** For stores of the plugin that declared `entity`; another plugin's capability takes the transaction instead. */
  store<E extends AnyEntity>(entity: E, principal: Principal): StoreOf<E>;
}
