import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import { defineErrors } from '../define/errors.ts';

/** One record as a search index keeps it. */
export interface SearchDocument {
  /** `<plugin id>.<entity name>`, as the storage driver names it. */
  readonly collection: string;
  /** The record's id; unique within its collection. */
  readonly id: string;
  /** The record's `rev`. */
  readonly rev: number;
  readonly tenantId: string;
  readonly ownerId: string;
  /** What the record is a part of: a message's conversation. */
  readonly parentId?: string;
  /** ISO 8601, UTC: the moment that people sort and filter by. */
  readonly at: string;
  /** What can be found, by field; plain text in any language. */
  readonly text: Readonly<Record<string, string>>;
  /** What can be filtered by: `{ role: 'user' }`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What one person looks for. */
export interface SearchQuery {
  /**
   * What the person typed; never an error, whatever it holds. A document is found when it has all of the words, the last
   * one also as the beginning of a word. `"several words"` stand side by side in that order, `-word` must not occur.
   * Upper case, lower case and diacritics are alike; words of Chinese, Japanese and Thai need no spaces. Without a word to
   * look for, nothing is found. Words beyond the tenth may be left out.
   */
  readonly text: string;
  readonly tenantId: string;
  readonly ownerId: string;
  readonly collection?: string;
  readonly parentId?: string;
  /** ISO 8601, UTC: the first moment. */
  readonly from?: string;
  /** ISO 8601, UTC: the first moment that is too late. */
  readonly to?: string;
  /** All of them must be the document's. */
  readonly tags?: Readonly<Record<string, string>>;
  /** `best`: what fits best first; of many fitting documents, the newest are weighed. `newest`: by `at`, the latest first. */
  readonly sort: 'best' | 'newest';
  /** 1..100. */
  readonly limit: number;
  /** `next` of the page before, for the same query. */
  readonly after?: string;
}

/** A piece of a text: put together, the pieces of a snippet are a passage as it was written, with `…` where it was cut. */
export interface SnippetPiece {
  readonly text: string;
  /** Whether it is what was looked for. */
  readonly isHit: boolean;
}

/** One document found. */
export interface SearchHit {
  readonly collection: string;
  readonly id: string;
  readonly parentId?: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The greater the better; to be compared within one page only. */
  readonly score: number;
  /** Plain text, never markup; about 200 characters around the first hit. */
  readonly snippet: readonly SnippetPiece[];
}

/** One page of hits; `next` is absent on the last. */
export interface SearchPage {
  readonly hits: readonly SearchHit[];
  readonly next?: string;
  /** More documents fitted than were weighed: these are the best of the newest. */
  readonly isCapped?: boolean;
}

/** What an index tells of itself. */
export interface SearchStatistics {
  readonly documents: number;
  /** Bytes on disk, where that can be told. */
  readonly bytes?: number;
  /** Another text whenever the index has begun anew without documents: created, wiped, put aside because it was damaged, cleared. */
  readonly incarnation: string;
}

/**
 * Full-text search over records. An index only follows what is stored and may lose everything: it is filled again. What it
 * answers is never shown unseen: whoever asks reads each record through the person's own store.
 */
export interface SearchIndex {
  /**
   * Adds documents or replaces them; an older `rev` never replaces a newer one, the same `rev` does. Once it resolves, the
   * documents are found. Shape: at most 500 documents.
   * @throws SEARCH_UNAVAILABLE
   */
  put(documents: readonly SearchDocument[]): Promise<void>;
  /** Forgets documents; missing ones are no error. @throws SEARCH_UNAVAILABLE */
  remove(collection: string, ids: readonly string[]): Promise<void>;
  /** Forgets all documents of an owner, in every collection. @throws SEARCH_UNAVAILABLE */
  removeOwner(tenantId: string, ownerId: string): Promise<void>;
  /**
   * A page of the owner's documents, nobody else's. Documents that were neither written nor removed between two pages are neither skipped nor repeated.
   * @throws SEARCH_INVALID for a limit, moment or `after` that is none, SEARCH_UNAVAILABLE, SEARCH_TOO_SLOW, and the
   * signal's reason once it aborts
   */
  search(query: SearchQuery, options?: { readonly signal?: AbortSignal }): Promise<SearchPage>;
  /** Forgets everything. @throws SEARCH_UNAVAILABLE */
  clear(): Promise<void>;
  /** @throws SEARCH_UNAVAILABLE */
  statistics(): Promise<SearchStatistics>;
}

/** Full-text search over records. */
export const searchIndex = defineCapability<SearchIndex>()({
  id: 'search-index',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({ title: z.string().min(1) }),
});

/** What can go wrong in a search, the same for every index. */
export const searchErrors = defineErrors('search', {
  UNAVAILABLE: [503, 'Search can not be reached right now: {reason}; everything else goes on, so try again later'],
  TOO_SLOW: [503, 'The search took longer than {limitMs} ms and was ended; look for more or longer words'],
  INVALID: [400, 'This search can not be made: {reason}'],
});
