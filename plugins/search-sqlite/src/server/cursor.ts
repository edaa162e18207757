import { searchErrors } from '@parley/contracts';
import type { SearchQuery } from '@parley/contracts';
import * as z from 'zod';

/** Where a page ended. */
const CursorSchema = z.strictObject({
  /** The last document. */
  place: z.int(),
  score: z.number().optional(),
  /** The newest document that was weighed. */
  top: z.int().optional(),
  weights: z.array(z.number()).max(10).optional(),
});
export type Cursor = z.output<typeof CursorSchema>;

const MAX_LIMIT = 100;
const Moment = z.iso.datetime();

/** The cursor as the caller keeps it. */
export const toAfter = ({ sort }: Pick<SearchQuery, 'sort'>, cursor: Cursor): string =>
  `${sort}.${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`;

const invalid = (reason: string) => searchErrors.INVALID({ reason });

function parseAfter({ sort, after }: SearchQuery): Cursor | undefined {
  if (after === undefined) return undefined;
  const [name, data = ''] = after.split('.');
  try {
    if (name !== sort) throw new Error('a page of another order');
    return CursorSchema.parse(JSON.parse(Buffer.from(data, 'base64url').toString()));
  } catch {
    throw invalid('after: expected the `next` of the page before, of the same search');
  }
}

/** Checks what a driver must not take as it comes. @throws SEARCH_INVALID */
export function checkQuery(query: SearchQuery): Cursor | undefined {
  const { limit, from, to } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw invalid(`limit: expected a whole number from 1 to ${MAX_LIMIT}, got ${limit}`);
  for (const [name, moment] of Object.entries({ from, to })) {
    if (moment !== undefined && !Moment.safeParse(moment).success)
      throw invalid(`${name}: expected an ISO 8601 moment`);
  }
  return parseAfter(query);
}
