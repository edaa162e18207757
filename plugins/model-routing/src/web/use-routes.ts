import { isAppError } from '@parley/contracts';
import { ALIAS_PROVIDER, type ModelRoutes, modelRoutingContract } from '@parley/plugin-model-routing/contract';
import { modelsContract, modelsErrors } from '@parley/plugin-models/contract';
import type { PickerProps } from '@parley/ui/picker';
import { useContract, useHost } from '@parley/web';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { messages } from './messages.ts';

/** Names and fallbacks, and how to put others in their place; what was read is what is changed. */
export function useRoutes() {
  const { queries } = useContract(modelRoutingContract);
  const models = useContract(modelsContract);
  const queryClient = useQueryClient();
  const { announce } = useHost();
  const routes = useQuery(queries.list.options({}));
  const set = useMutation(
    queries.set.mutation({
      onSuccess: () => announce(messages.saved),
      onSettled: () =>
        Promise.all(
          [queries.list, models.queries.list, models.queries.manage].map((query) =>
            queryClient.invalidateQueries({ queryKey: query.key() }),
          ),
        ),
    }),
  );
  const problem = set.error
    ? isAppError(set.error, modelsErrors.CHANGED.code)
      ? messages.changed
      : set.error.message
    : undefined;
  return {
    routes,
    problem,
    isSaving: set.isPending,
    /** Resolves with whether it was saved. */
    save: async (change: (before: ModelRoutes) => Omit<ModelRoutes, 'rev'>): Promise<boolean> => {
      if (!routes.data) return false;
      try {
        await set.mutateAsync({ ...change(routes.data), rev: routes.data.rev });
        return true;
      } catch {
        return false;
      }
    },
    forget: set.reset,
  };
}

/** The models there are, without names for others: what each is called, and as a picker lists them. */
export function useModels() {
  const { queries } = useContract(modelsContract);
  const { data } = useQuery(queries.manage.options({}));
  const models = (data?.items ?? []).flatMap(({ model }) => (model.provider === ALIAS_PROVIDER ? [] : [model]));
  const names = new Map(models.map(({ id, name }) => [id, name]));
  const groups: PickerProps['groups'] = [...Map.groupBy(models, ({ provider }) => provider)].map(([id, list]) => ({
    id,
    title: list[0]?.providerTitle ?? id,
    options: list.map((model) => ({ id: model.id, label: model.name, description: model.id })),
  }));
  return { names, groups };
}
