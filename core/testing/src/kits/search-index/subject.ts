import assert from 'node:assert/strict';
import type { SearchDocument, SearchIndex, SearchPage, SearchQuery } from '@parley/contracts';

/** A search index under test. */
export interface SearchSubject {
  readonly index: SearchIndex;
  /** The same index after its process ended and started again; an index without a memory of its own leaves it out. */
  readonly reopen?: () => Promise<SearchIndex>;
}

/** The person the documents of a case belong to, unless it says otherwise. */
export const ANN = { tenantId: 'tenant-a', ownerId: 'ann' };

/** A document of Ann's. Shape: `text` is its only field. */
export const toDocument = (id: string, text: string, more: Partial<SearchDocument> = {}): SearchDocument => ({
  collection: 'kit.message',
  id,
  rev: 1,
  ...ANN,
  at: '2026-01-01T00:00:00.000Z',
  text: { text },
  ...more,
});

/** A search of Ann's for `text`. */
export const toQuery = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  ...ANN,
  sort: 'newest',
  limit: 50,
  ...more,
});

/** Ids of what `text` finds, sorted. */
export async function findIds(index: SearchIndex, text: string, more: Partial<SearchQuery> = {}): Promise<string[]> {
  const { hits } = await index.search(toQuery(text, more));
  // A list that came from another thread is none of this test's own lists, and would equal none.
  return Array.from(hits, ({ id }) => id).toSorted();
}

/** Puts documents and checks, for each query, which of them it finds. */
export async function expectFound(
  index: SearchIndex,
  documents: readonly SearchDocument[],
  expected: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  await index.put(documents);
  for (const [text, ids] of Object.entries(expected)) {
    assert.deepEqual(await findIds(index, text), ids, `what the search for ${JSON.stringify(text)} finds`);
  }
}

/** All pages of a search, with ids in the order they came. */
export async function pageThrough(
  index: SearchIndex,
  query: SearchQuery,
  between: (page: SearchPage) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < 1_000; pages += 1) {
    const page = await index.search({ ...query, ...(after === undefined ? {} : { after }) });
    ids.push(...page.hits.map(({ id }) => id));
    assert.ok(page.hits.length <= query.limit, `a page of at most ${query.limit}`);
    if (page.next === undefined) return ids;
    after = page.next;
    await between(page);
  }
  throw new Error('a search that has no last page');
}
