import { kernelContract } from '@parley/contracts';
import { modelsContract } from '@parley/plugin-models/contract';
import { useContract } from '@parley/web';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** All models with what is known of each, the providers, and what holds for all. */
export function useManaged() {
  const { queries } = useContract(modelsContract);
  return useQuery(queries.manage.options({}));
}

/** The entries of the composition, to know which plugin a provider is. */
export function usePlugins() {
  const { queries } = useContract(kernelContract);
  return useQuery(queries.plugins.options({}));
}

/** What runs, to know which provider a plugin is. */
export function useGraph() {
  const { queries } = useContract(kernelContract);
  return useQuery(queries.graph.options({}));
}

/** Reads everything about providers and models again. */
export function useRefresh(): () => Promise<unknown> {
  const { queries } = useContract(modelsContract);
  const kernel = useContract(kernelContract);
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [queries.manage, queries.list, kernel.queries.plugins, kernel.queries.graph].map((query) =>
        queryClient.invalidateQueries({ queryKey: query.key() }),
      ),
    );
}

/** Changes of what is said of models; what shows them reads again after each. */
export function useModelChanges() {
  const { queries } = useContract(modelsContract);
  const queryClient = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [queries.manage, queries.list].map((query) => queryClient.invalidateQueries({ queryKey: query.key() })),
    );
  return {
    setRule: useMutation(queries.setRule.mutation({ onSettled })),
    setEnabled: useMutation(queries.setEnabled.mutation({ onSettled })),
    setSettings: useMutation(queries.setSettings.mutation({ onSettled })),
    test: useMutation(queries.test.mutation({ onSettled })),
  };
}
