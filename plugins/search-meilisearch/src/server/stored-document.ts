import type { SearchDocument } from '@parley/contracts';
import * as z from 'zod';
import { digest, factsOf, ownerDigest, TERM_ATTRIBUTES, toTerms } from './encode-terms.ts';

/** The name of the field that names a document, and of the one document that names the incarnation. */
export const PRIMARY_KEY = 'key';
export const INCARNATION_KEY = 'incarnation';
const ORDER_DIGITS = 12;

/** What is read back of a document that was found. */
export const StoredDocument = z.object({
  collection: z.string(),
  id: z.string(),
  at: z.string(),
  atMs: z.number(),
  /** Orders documents of one moment. */
  order: z.number(),
  parentId: z.string().optional(),
  texts: z.array(z.string()),
});
export type StoredDocument = z.output<typeof StoredDocument>;
export const STORED_FIELDS = Object.keys(StoredDocument.shape);

export const toKey = (collection: string, id: string): string => digest('document', collection, id);

/** A document as the server keeps it. */
export function toStored(document: SearchDocument): Record<string, unknown> {
  const { collection, id, rev, at, parentId, text } = document;
  const key = toKey(collection, id);
  return {
    [PRIMARY_KEY]: key,
    collection,
    id,
    rev,
    at,
    atMs: Date.parse(at),
    order: Number.parseInt(key.slice(0, ORDER_DIGITS), 16),
    ...(parentId === undefined ? {} : { parentId }),
    owner: ownerDigest(document),
    facts: factsOf(document),
    texts: Object.values(text),
    ...toTerms(document),
  };
}

/** How the index is set up: what is searched, filtered and sorted by; and nothing is guessed. */
export const toSettings = (searchTimeoutMs: number) => ({
  searchableAttributes: TERM_ATTRIBUTES,
  filterableAttributes: [PRIMARY_KEY, 'owner', 'facts', 'atMs', 'order'],
  sortableAttributes: ['atMs', 'order'],
  rankingRules: ['sort', 'words', 'proximity', 'attribute', 'exactness'],
  typoTolerance: { enabled: false },
  facetSearch: false,
  prefixSearch: 'indexingTime' as const,
  searchCutoffMs: searchTimeoutMs,
});
