import type { SearchHit, SearchPage, SearchQuery } from '@parley/contracts';
import { checkQuery, hasMatch, parseQuery, readAfter, scoreOf, toAfter, toSnippet } from '@parley/search-text';
import type { Clause, ParsedQuery } from '@parley/search-text';
import type { SearchParams } from 'meilisearch';
import * as z from 'zod';
import { StoredDocument, STORED_FIELDS } from './stored-document.ts';
import { SORT, toFilter, toWords } from './to-search.ts';
import type { Position } from './to-search.ts';

/** The most documents that are weighed against each other. */
const MAX_WEIGHED = 200;
/** The most documents that are looked through for one page. */
const MAX_LOOKED_THROUGH = 1_000;
const Found = z.object({ hits: z.array(StoredDocument) });

const PositionSchema = z.strictObject({ atMs: z.number(), order: z.number() });
const BestSchema = z.strictObject({ ...PositionSchema.shape, score: z.number(), top: PositionSchema });

/** Asks the server. */
export interface Finder {
  find(words: string, params: SearchParams): Promise<unknown>;
  readonly signal: AbortSignal | undefined;
}

interface Scored {
  readonly document: StoredDocument;
  readonly score: number;
}

/** Whether a document is what the query means: the server finds a little more than that. */
const fits = ({ texts }: StoredDocument, { wanted, unwanted }: ParsedQuery): boolean => {
  const has = (clause: Clause) => texts.some((text) => hasMatch(text, [clause]));
  return wanted.every(has) && !unwanted.some(has);
};

const scored = (document: StoredDocument, { wanted }: ParsedQuery): Scored => ({
  document,
  score: scoreOf(
    document.texts.join('\n'),
    wanted,
    wanted.map(() => 1),
  ),
});

const positionOf = ({ atMs, order }: StoredDocument): Position => ({ atMs, order });

function toHit({ document, score }: Scored, { wanted }: ParsedQuery): SearchHit {
  const { collection, id, at, parentId, texts } = document;
  const text = texts.find((each) => hasMatch(each, wanted)) ?? texts[0] ?? '';
  return {
    collection,
    id,
    ...(parentId === undefined ? {} : { parentId }),
    at,
    score,
    snippet: toSnippet(text, wanted),
  };
}

/** Documents that fit, the newest first, from `from` on: at most `limit`, and whether there are more. */
async function findNewest(
  finder: Finder,
  query: SearchQuery,
  parsed: ParsedQuery,
  { from, limit }: { readonly from: Position | undefined; readonly limit: number },
) {
  const words = toWords(parsed);
  const documents: StoredDocument[] = [];
  let position = from;
  const end = () => (documents.length === 0 ? position : positionOf(documents.at(-1) as StoredDocument));
  for (let looked = 0; looked < MAX_LOOKED_THROUGH; looked += limit + 1) {
    const reply = await finder.find(words, {
      filter: toFilter(query, position),
      sort: SORT,
      limit: limit + 1,
      matchingStrategy: 'all',
      attributesToRetrieve: STORED_FIELDS,
    });
    const { hits } = Found.parse(reply);
    for (const hit of hits) {
      position = positionOf(hit);
      if (!fits(hit, parsed)) continue;
      if (documents.length === limit) return { documents, position: end(), hasMore: true };
      documents.push(hit);
    }
    if (hits.length <= limit) return { documents, position, hasMore: false };
  }
  return { documents, position, hasMore: true };
}

async function pageOfNewest(finder: Finder, query: SearchQuery, parsed: ParsedQuery): Promise<SearchPage> {
  const from = readAfter(query, PositionSchema);
  const { documents, position, hasMore } = await findNewest(finder, query, parsed, { from, limit: query.limit });
  return {
    hits: documents.map((document) => toHit(scored(document, parsed), parsed)),
    ...(hasMore ? { next: toAfter(query, position) } : {}),
  };
}

const isAfter = (left: Position, right: Position): boolean =>
  left.atMs < right.atMs || (left.atMs === right.atMs && left.order > right.order);

async function pageOfBest(finder: Finder, query: SearchQuery, parsed: ParsedQuery): Promise<SearchPage> {
  const cursor = readAfter(query, BestSchema);
  // The pages that follow weigh the same documents, whatever was added since: those from the newest of then on.
  const from = cursor && { atMs: cursor.top.atMs, order: cursor.top.order - 1 };
  const { documents, hasMore } = await findNewest(finder, query, parsed, { from, limit: MAX_WEIGHED });
  const order = documents
    .map((document) => scored(document, parsed))
    .toSorted((a, b) => b.score - a.score || (isAfter(b.document, a.document) ? -1 : 1));
  const left = order.filter(
    ({ score, document }) =>
      cursor === undefined || score < cursor.score || (score === cursor.score && isAfter(document, cursor)),
  );
  const page = left.slice(0, query.limit);
  const last = page.at(-1);
  const top = cursor?.top ?? (documents[0] && positionOf(documents[0]));
  const next = left.length > page.length && last ? { ...positionOf(last.document), score: last.score, top } : undefined;
  return {
    hits: page.map((each) => toHit(each, parsed)),
    ...(next === undefined ? {} : { next: toAfter(query, next) }),
    ...(hasMore ? { isCapped: true } : {}),
  };
}

/** Answers one query. @throws SEARCH_INVALID, and what the finder throws */
export async function searchDocuments(query: SearchQuery, finder: Finder): Promise<SearchPage> {
  finder.signal?.throwIfAborted();
  checkQuery(query);
  const parsed = parseQuery(query.text);
  if (query.sort === 'newest') readAfter(query, PositionSchema);
  else readAfter(query, BestSchema);
  if (parsed.wanted.length === 0) return { hits: [] };
  return query.sort === 'newest' ? pageOfNewest(finder, query, parsed) : pageOfBest(finder, query, parsed);
}
