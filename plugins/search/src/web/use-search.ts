import { useContract } from '@parley/web';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { searchContract } from '../contract/index.ts';
import { groupHits } from './group-hits.ts';
import type { SearchParams } from './search-params.ts';

const DAYS = { any: 0, day: 1, week: 7, month: 30, year: 365 } as const;
const DAY_MS = 86_400_000;
const PAGE = 20;

/** The beginning of a span, to the full hour, so that the same search has the same name for a while. */
function fromOf(when: SearchParams['when']): string | undefined {
  if (when === 'any') return undefined;
  const hourMs = 3_600_000;
  return new Date(Math.floor((Date.now() - DAYS[when] * DAY_MS) / hourMs) * hourMs).toISOString();
}

/** What is found, page by page, in groups; what was found before stays until the next answer is there. */
export function useSearch({ q, role, when, sort, archived, here, isOnlyHere }: SearchParams) {
  const { queries } = useContract(searchContract);
  const from = useMemo(() => fromOf(when), [when]);
  const input = {
    q: q.trim(),
    sort,
    limit: PAGE,
    ...(role === 'all' ? {} : { role }),
    ...(from === undefined ? {} : { from }),
    ...(archived ? { archived: 'true' as const } : {}),
    ...(isOnlyHere && here !== undefined ? { conversationId: here } : {}),
  };
  const query = useInfiniteQuery({
    ...queries.search.infinite(input, { cursor: 'after', next: 'next' }),
    enabled: input.q !== '',
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages;
  const groups = useMemo(() => groupHits(pages ?? []), [pages]);
  const last = pages?.at(-1);
  return {
    ...query,
    groups,
    count: groups.reduce((sum, { hits }) => sum + hits.length, 0),
    isCapped: pages?.some((page) => page.isCapped) ?? false,
    filled: last?.filled,
  };
}
