import type { SearchHit, SearchQuery } from '@parley/contracts';
import { parseQuery, scoreOf, toSnippet, weightOf } from '@parley/search-text';
import type { Clause } from '@parley/search-text';
import type { Cursor } from './cursor.ts';
import type { Database } from './database.ts';
import { createFinder, MAX_CANDIDATES } from './find-places.ts';
import type { Finder } from './find-places.ts';

/** Characters that are taken apart for the snippets of one page; hits beyond it show their beginning. */
const MAX_SNIPPET_CHARACTERS = 4_000_000;
/** How many documents are looked at to learn how rare a word is. */
const MAX_SAMPLE = 1_000;

/** Documents read together: one by one they would cost three times as much. */
const BATCH = 50;

interface Row {
  readonly place: number;
  readonly collection: string;
  readonly id: string;
  readonly parent_id: string | null;
  readonly at: string;
  readonly text: string;
}

interface Scored {
  readonly place: number;
  readonly score: number;
}

/** One page, with the place where it ends when there is another one. */
export interface Found {
  readonly hits: readonly SearchHit[];
  readonly next?: Cursor;
  readonly isCapped?: boolean;
}

/** Throws when nobody waits for the answer any more, or it takes too long. */
export type Check = () => void;

const rowOf = ({ get }: Database, place: number): Row | undefined =>
  get('SELECT place, collection, id, parent_id, at, text FROM documents WHERE place = ?').get(place) as Row | undefined;

const textsOf = ({ get }: Database, places: readonly number[]) =>
  get('SELECT place, text FROM documents WHERE place IN (SELECT value FROM json_each(?))').all(
    JSON.stringify(places),
  ) as unknown as readonly Pick<Row, 'place' | 'text'>[];

function toHits(database: Database, scored: readonly Scored[], wanted: readonly Clause[], check: Check): SearchHit[] {
  let characters = 0;
  return scored.flatMap(({ place, score }) => {
    check();
    const row = rowOf(database, place);
    if (row === undefined) return [];
    const { collection, id, parent_id: parentId, at, text } = row;
    characters += text.length;
    const clauses = characters > MAX_SNIPPET_CHARACTERS ? [] : wanted;
    const snippet = toSnippet(text, clauses);
    return [{ collection, id, ...(parentId === null ? {} : { parentId }), at, score, snippet }];
  });
}

function searchNewest(finder: Finder, { limit }: SearchQuery, cursor: Cursor | undefined) {
  const places = finder.find({ limit: limit + 1, ...(cursor === undefined ? {} : { before: cursor.place }) });
  const scored = places.slice(0, limit).map((place) => ({ place, score: place }));
  const last = scored.at(-1);
  return { scored, next: places.length > limit && last !== undefined ? { place: last.place } : undefined };
}

const weigh = (finder: Finder, wanted: readonly Clause[]): number[] => {
  if (wanted.length === 1) return [1];
  const counts = wanted.map((clause) => finder.count(clause, MAX_SAMPLE));
  return counts.map((count) => weightOf(count, MAX_SAMPLE));
};

function searchBest(parts: {
  readonly database: Database;
  readonly finder: Finder;
  readonly wanted: readonly Clause[];
  readonly query: SearchQuery;
  readonly cursor: Cursor | undefined;
  readonly check: Check;
}) {
  const { database, finder, wanted, query, cursor, check } = parts;
  // The pages that follow weigh the same documents in the same way, whatever was added since.
  const top = cursor?.top;
  const places = finder.find({ limit: MAX_CANDIDATES + 1, ...(top === undefined ? {} : { before: top + 1 }) });
  const weights = cursor?.weights ?? weigh(finder, wanted);
  const scored: Scored[] = [];
  for (let first = 0; first < MAX_CANDIDATES && first < places.length; first += BATCH) {
    check();
    const batch = places.slice(first, Math.min(first + BATCH, MAX_CANDIDATES));
    for (const { place, text } of textsOf(database, batch))
      scored.push({ place, score: scoreOf(text, wanted, weights) });
  }
  scored.sort((left, right) => right.score - left.score || right.place - left.place);
  const isAfter = ({ score, place }: Scored): boolean =>
    cursor?.score === undefined || score < cursor.score || (score === cursor.score && place < cursor.place);
  const left = scored.filter(isAfter);
  const page = left.slice(0, query.limit);
  const last = page.at(-1);
  const hasMore = left.length > query.limit && last !== undefined;
  const next = hasMore
    ? { place: last.place, score: last.score, top: top ?? places[0] ?? last.place, weights }
    : undefined;
  return { scored: page, next, isCapped: places.length > MAX_CANDIDATES };
}

/** Answers one query. @throws what `check` throws */
export function searchDocuments(
  database: Database,
  query: SearchQuery,
  cursor: Cursor | undefined,
  check: Check,
): Found {
  const parsed = parseQuery(query.text);
  const { wanted } = parsed;
  const find = database.get('SELECT owner FROM owners WHERE tenant_id = ? AND owner_id = ?');
  const owner = find.get(query.tenantId, query.ownerId)?.['owner'];
  if (typeof owner !== 'number' || wanted.length === 0) return { hits: [] };
  const finder = createFinder(database, { owner, parsed, query, check });
  const found =
    query.sort === 'newest'
      ? { ...searchNewest(finder, query, cursor), isCapped: false }
      : searchBest({ database, finder, wanted, query, cursor, check });
  return {
    hits: toHits(database, found.scored, wanted, check),
    ...(found.next === undefined ? {} : { next: found.next }),
    ...(found.isCapped ? { isCapped: true } : {}),
  };
}
