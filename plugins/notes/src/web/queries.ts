import { useContract } from '@parley/web';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { notesContract } from '../contract/index.ts';

/** The notes of one conversation, page by page, newest first. */
export function useNotes(conversationId: string) {
  const { queries } = useContract(notesContract);
  return useInfiniteQuery(queries.list.infinite({ conversationId }, { cursor: 'after', next: 'next' }));
}

/** Writing, changing and deleting; each reads the list again when it is done. */
export function useNoteMutations() {
  const { queries } = useContract(notesContract);
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: queries.list.key() });
  return {
    create: useMutation(queries.create.mutation({ onSettled })),
    update: useMutation(queries.update.mutation({ onSettled })),
    remove: useMutation(queries.remove.mutation({ onSettled })),
  };
}
