import { useContract } from '@parley/web';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { identityContract } from '../contract/index.ts';

/** The devices the user is signed in on. */
export function useSessions() {
  const { queries } = useContract(identityContract);
  return useQuery(queries.sessions.options({}));
}

/** Ending one session or all others; each reads the list again when it is done. */
export function useSessionMutations() {
  const { queries } = useContract(identityContract);
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: queries.sessions.key() });
  return {
    end: useMutation(queries.revokeSession.mutation({ onSettled })),
    endOthers: useMutation(queries.revokeOtherSessions.mutation({ onSettled })),
  };
}
