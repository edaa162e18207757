import type { Conversation } from '@parley/contracts';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract, useHost } from '@parley/web';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useAtomValue } from 'jotai';
import { useMemo } from 'react';
import { hiddenAtom } from './hidden.ts';

const PAGE = 50;
const NONE: readonly Conversation[] = [];

/** Which conversations a list shows. */
export type ListKind = 'pinned' | 'unpinned' | 'all' | 'archived';

const FILTERS = {
  pinned: { limit: PAGE, pinned: 'true' },
  unpinned: { limit: PAGE, pinned: 'false' },
  all: { limit: PAGE },
  archived: { limit: PAGE, archived: 'true' },
} as const;

/** The input of the list behind each kind. */
export const listInput = (kind: ListKind) => FILTERS[kind];

/** A list of conversations, 50 at a time, without those about to be deleted. */
export function useConversations(kind: ListKind) {
  const { queries } = useContract(conversationsContract);
  const hidden = useAtomValue(hiddenAtom(useHost()));
  const query = useInfiniteQuery(queries.list.infinite(listInput(kind), { cursor: 'after', next: 'next' }));
  const pages = query.data?.pages;
  const items = useMemo(
    () => pages?.flatMap((page) => page.items).filter(({ id }) => !hidden.includes(id)) ?? NONE,
    [pages, hidden],
  );
  return { ...query, items };
}
