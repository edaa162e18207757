import { searchErrors } from '@parley/contracts';
import type { SearchQuery } from '@parley/contracts';
import * as z from 'zod';

const MAX_LIMIT = 100;
const Moment = z.iso.datetime();

const invalid = (reason: string) => searchErrors.INVALID({ reason });

/** Checks what a driver must not take as it comes. @throws SEARCH_INVALID */
export function checkQuery({ limit, from, to }: SearchQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw invalid(`limit: expected a whole number from 1 to ${MAX_LIMIT}, got ${limit}`);
  for (const [name, moment] of Object.entries({ from, to })) {
    if (moment !== undefined && !Moment.safeParse(moment).success)
      throw invalid(`${name}: expected an ISO 8601 moment`);
  }
}

/** The end of a page as a caller keeps it. */
export const toAfter = ({ sort }: Pick<SearchQuery, 'sort'>, cursor: unknown): string =>
  `${sort}.${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`;

/** What `after` says, as `schema` has it. @throws SEARCH_INVALID */
export function readAfter<C>({ sort, after }: SearchQuery, schema: z.ZodType<C>): C | undefined {
  if (after === undefined) return undefined;
  const [name, data = ''] = after.split('.');
  try {
    if (name !== sort) throw new Error('a page of another order');
    return schema.parse(JSON.parse(Buffer.from(data, 'base64url').toString()));
  } catch {
    throw invalid('after: expected the `next` of the page before, of the same search');
  }
}
