import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import type { Principal } from '../domain/principal.ts';
import type { SearchDocument } from './search-index.ts';

/** A kind of record that can be searched for. */
export interface SearchKind {
  /** `<plugin id>.<entity name>`. */
  readonly collection: string;
  /** Another text whenever the same record gives another document: then all of them have to be put again. */
  readonly fingerprint: string;
}

/** Something was written that the index may not have. */
export interface SearchChange {
  readonly id: string;
  readonly collection: string;
  /** The record that was written or deleted; any number of records without one. */
  readonly recordId?: string;
}

/** A page of the records of one kind, in the order of their ids. */
export interface SourcePage {
  readonly documents: readonly SearchDocument[];
  /** How many records were read for it. */
  readonly read: number;
  readonly next?: string;
}

/**
 * What a search index is filled from: the records of every plugin whose entities declare `search`, and what changed since.
 * The kernel provides it. A change is noted in one transaction with what it tells of, so none is ever missed.
 */
export interface SearchSource {
  /** Kinds of the plugins in use. */
  kinds(): readonly SearchKind[];
  /** The oldest changes that were not settled. Shape: at most `limit` (1..1000). */
  changes(limit: number): Promise<readonly SearchChange[]>;
  /** Forgets changes that the index has. */
  settle(changeIds: readonly string[]): Promise<void>;
  /**
   * Documents of records as they are now; a record that is gone or has nothing to be found gives none. With a `reader` only
   * those of records it may read: its own, of its tenant.
   */
  documents(collection: string, ids: readonly string[], reader?: Principal): Promise<readonly SearchDocument[]>;
  /** Records of one kind, of everybody, from the place where the last page ended. */
  page(collection: string, page: { readonly limit: number; readonly after?: string }): Promise<SourcePage>;
  /** How many records of one kind there are. */
  count(collection: string): Promise<number>;
  /** Calls back when this process has written something that `changes` tells of, or is about to; returns its undo. */
  onChange(listener: () => void): () => void;
}

/** What a search index is filled from; the kernel provides it. */
export const searchSource = defineCapability<SearchSource>()({
  id: 'search-source',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});
