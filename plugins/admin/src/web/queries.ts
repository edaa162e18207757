import { kernelContract } from '@parley/contracts';
import { useContract } from '@parley/web';
import { useQuery, useQueryClient } from '@tanstack/react-query';

/** How often a page that is looked at asks again, for states change on their own too. */
const PLUGINS_EVERY_MS = 10_000;
const GRAPH_EVERY_MS = 3_000;

/** Every entry of the composition. */
export function usePlugins() {
  const { queries } = useContract(kernelContract);
  return useQuery({ ...queries.plugins.options({}), refetchInterval: PLUGINS_EVERY_MS });
}

/** What runs now. */
export function useGraph({ isLive = true }: { readonly isLive?: boolean } = {}) {
  const { queries } = useContract(kernelContract);
  return useQuery({ ...queries.graph.options({}), refetchInterval: isLive ? GRAPH_EVERY_MS : false });
}

/** The versions of the composition, the newest first. */
export function useHistory() {
  const { queries } = useContract(kernelContract);
  return useQuery({ ...queries.history.options({}), staleTime: 0 });
}

/** The last uses that grants did not cover. */
export function useDenials() {
  const { queries } = useContract(kernelContract);
  return useQuery({ ...queries.audit.options({}), refetchInterval: PLUGINS_EVERY_MS });
}

/** Reads everything about the composition again. */
export function useRefresh(): () => Promise<unknown> {
  const { queries } = useContract(kernelContract);
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [queries.plugins, queries.graph, queries.history, queries.audit].map((query) =>
        queryClient.invalidateQueries({ queryKey: query.key() }),
      ),
    );
}
