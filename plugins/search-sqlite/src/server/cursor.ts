import type { SearchQuery } from '@parley/contracts';
import { checkQuery, readAfter } from '@parley/search-text';
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

/** Where the page of a query begins, once the query is checked. @throws SEARCH_INVALID */
export function toCursor(query: SearchQuery): Cursor | undefined {
  checkQuery(query);
  return readAfter(query, CursorSchema);
}
