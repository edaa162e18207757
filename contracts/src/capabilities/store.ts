import type { AnyEntity, Entity, RecordBase } from '../define/entity.ts';
import type { Principal, SystemPrincipal } from '../domain/principal.ts';
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
 * of somebody else does not exist. System principals reach every owner's. `New` is what a new record is made from.
 */
export interface Store<T, New = T> {
  /** @throws STORAGE_NOT_FOUND when it is missing or not the principal's. */
  get(id: string): Promise<T & RecordBase>;
  /** `undefined` when it is missing or not the principal's. */
  find(id: string): Promise<(T & RecordBase) | undefined>;
  list(query: Query<T & RecordBase>): Promise<Page<T & RecordBase>>;
  count(where?: Where<T & RecordBase>): Promise<number>;
  /** @throws STORAGE_INVALID, STORAGE_DUPLICATE */
  insert(record: NewRecord<New>, durability?: Durability): Promise<T & RecordBase>;
  /** All or none. */
  insertMany(records: readonly NewRecord<New>[], durability?: Durability): Promise<readonly (T & RecordBase)[]>;
  /**
   * Sets the fields of `patch`; one that is `undefined` is removed.
   * @throws STORAGE_CONFLICT when `rev` is given and is not the current one
   */
  update(id: string, patch: { readonly [K in keyof T]?: T[K] | undefined }, rev?: number): Promise<T & RecordBase>;
  delete(id: string, rev?: number): Promise<void>;
}

/** A way to the children of one parent; `Parent` is the field that names it. */
interface Within<T, Parent extends string> {
  /**
   * The children of one parent: each read and write carries parent, id and owner, so a child of another parent does not
   * exist. New records need not name the parent; one that names another is refused with STORAGE_INVALID.
   */
  within(parentId: string): Store<T, Omit<T, Parent> & { readonly [K in Parent]?: string }>;
}

/**
 * Records of an entity with a parent as a user may see them: lists and new records as in any store, single records
 * `within` their parent only. By id alone they are refused with KERNEL_PARENT_NEEDED.
 */
export type ChildStore<T, Parent extends string> = Pick<Store<T>, 'list' | 'count' | 'insert' | 'insertMany'> &
  Within<T, Parent>;

/** The store of an entity `E` for a principal of type `By`. */
export type StoreOf<E, By extends Principal = Principal> =
  E extends Entity<infer S, infer Parent>
    ? [Parent] extends [never]
      ? Store<z.output<S>>
      : By extends SystemPrincipal
        ? Store<z.output<S>> & Within<z.output<S>, Parent>
        : ChildStore<z.output<S>, Parent>
    : never;

/** Stores whose reads and writes happen together or not at all. */
export interface Transaction {
  /** For stores of the plugin that declared `entity`; another plugin's capability takes the transaction instead. */
  store<E extends AnyEntity, By extends Principal>(entity: E, principal: By): StoreOf<E, By>;
}
