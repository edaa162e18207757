import type { SearchQuery } from '@parley/contracts';
import type { Database } from './database.ts';
import { toMatch } from './index-terms.ts';
import type { Clause, ParsedQuery } from '@parley/search-text';
import { placeOf } from './write-documents.ts';

/** The most documents that are weighed against each other. */
export const MAX_CANDIDATES = 1_000;
/** How much of the owner's time each step looks through, from the newest on. A statement can't be ended, so none may take long. */
const STEPS = [1 / 32, 1 / 8, 1 / 4, 3 / 8, 1 / 2, 5 / 8, 3 / 4, 7 / 8, 1];

/** Finds places of documents, the newest first. */
export interface Finder {
  find(page: { readonly limit: number; readonly before?: number }): readonly number[];
  /** How many documents have a clause, counting no further than `limit`. */
  count(clause: Clause, limit: number): number;
}

interface Span {
  /** The first place. */
  readonly from: number;
  /** The first place that is not in it. */
  readonly to: number;
}

const FIND = 'SELECT rowid FROM terms WHERE terms MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?';
const COUNT = 'SELECT count(*) AS count FROM (SELECT 1 FROM terms WHERE terms MATCH ? LIMIT ?)';

function spanOf({ get }: Database, owner: number, { from, to }: SearchQuery): Span {
  // One at a time: for both at once SQLite would read all of them.
  const ofOwner = (which: 'min' | 'max'): number =>
    Number(get(`SELECT ${which}(place) AS place FROM documents WHERE owner = ?`).get(owner)?.['place'] ?? 0);
  const first = ofOwner('min');
  const end = ofOwner('max') + 1;
  return {
    from: from === undefined ? first : Math.max(first, placeOf(from)),
    to: to === undefined ? end : Math.min(end, placeOf(to)),
  };
}

const hasFacts = ({ collection, parentId, tags = {} }: SearchQuery): boolean =>
  collection !== undefined || parentId !== undefined || Object.keys(tags).length > 0;

/** A finder for one query of one owner. */
export function createFinder(
  database: Database,
  parts: {
    readonly owner: number;
    readonly parsed: ParsedQuery;
    readonly query: SearchQuery;
    readonly check: () => void;
  },
): Finder {
  const { owner, parsed, query, check } = parts;
  const match = toMatch(owner, parsed, query);
  const span = spanOf(database, owner, query);
  // The list of one word is read from its end and costs what it gives; only where lists are compared can it take long.
  const { wanted, unwanted } = parsed;
  const isSimple = wanted.length === 1 && wanted[0]?.tokens.length === 1 && unwanted.length === 0 && !hasFacts(query);
  const ends = isSimple ? [1] : STEPS;

  return {
    find({ limit, before = span.to }) {
      const places: number[] = [];
      const to = Math.min(before, span.to);
      let end = to;
      for (const step of ends) {
        check();
        const from = step === 1 ? span.from : Math.max(span.from, Math.floor(to - (to - span.from) * step));
        if (from >= end) continue;
        const rows = database.get(FIND).all(match, from, end, limit - places.length);
        for (const row of rows) places.push(Number(row['rowid']));
        if (places.length >= limit) break;
        end = from;
      }
      return places;
    },
    count(clause, limit) {
      check();
      const row = database.get(COUNT).get(toMatch(owner, { wanted: [clause], unwanted: [] }, {}), limit);
      return Number(row?.['count'] ?? 0);
    },
  };
}
