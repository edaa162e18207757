import { identityContract } from '@parley/plugin-identity/contract';
import { useContract } from '@parley/web';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { privacyContract } from '../contract/index.ts';

const RUNNING_POLL_MS = 2_000;

/** Everybody who has an account, page by page. */
export function usePeople() {
  const { queries } = useContract(identityContract);
  return useInfiniteQuery(queries.users.infinite({}, { cursor: 'after', next: 'next' }));
}

/** Reads the people again when nobody is being deleted any more. */
export function useFreshPeople(): void {
  const { queries } = useContract(identityContract);
  const queryClient = useQueryClient();
  const isErasing = useReceipts().data?.pages[0]?.items.some(({ finishedAt }) => finishedAt === undefined) ?? false;
  useEffect(() => {
    if (!isErasing) void queryClient.invalidateQueries({ queryKey: queries.users.key() });
  }, [isErasing, queries, queryClient]);
}

/** What was deleted; read again while something is. */
export function useReceipts() {
  const { queries } = useContract(privacyContract);
  return useInfiniteQuery({
    ...queries.receipts.infinite({}, { cursor: 'after', next: 'next' }),
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some(({ finishedAt }) => finishedAt === undefined) ? RUNNING_POLL_MS : false,
  });
}

/** Deleting somebody; people and receipts are read again when it has begun. */
export function useErase() {
  const { queries } = useContract(privacyContract);
  const identity = useContract(identityContract);
  const queryClient = useQueryClient();
  const onSettled = async () => {
    await queryClient.invalidateQueries({ queryKey: queries.receipts.key() });
    await queryClient.invalidateQueries({ queryKey: identity.queries.users.key() });
  };
  return useMutation(queries.eraseUser.mutation({ onSettled }));
}
