import { useContract } from '@parley/web';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { sampleContract } from '../contract/index.ts';

/** The entries of one conversation, page by page, newest first. */
export function useEntries(conversationId: string) {
  const { queries } = useContract(sampleContract);
  return useInfiniteQuery(queries.list.infinite({ conversationId }, { cursor: 'after', next: 'next' }));
}

/** Writing and deleting; each reads the list again when it is done. */
export function useEntryMutations() {
  const { queries } = useContract(sampleContract);
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: queries.list.key() });
  return {
    create: useMutation(queries.create.mutation({ onSettled })),
    remove: useMutation(queries.remove.mutation({ onSettled })),
  };
}
