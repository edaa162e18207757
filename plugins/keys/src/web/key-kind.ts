import type { KeyStatus } from '@parley/plugin-keys/contract';
import { keysContract } from '@parley/plugin-keys/contract';
import { modelsContract } from '@parley/plugin-models/contract';
import { useContract } from '@parley/web';
import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Whose key: the person's own, or the one that all share. */
export type KeyKind = 'own' | 'shared';

/** A provider as its key is shown and entered. */
export interface KeyOfProvider {
  readonly provider: string;
  readonly title: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly site?: string | undefined;
  readonly status?: KeyStatus | undefined;
}

/** Setting, checking and removing a key of one kind; what shows keys or models reads them again after each. */
export function useKeyActions(kind: KeyKind) {
  const { queries } = useContract(keysContract);
  const models = useContract(modelsContract);
  const queryClient = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [queries.list, queries.listShared, models.queries.list].map((query) =>
        queryClient.invalidateQueries({ queryKey: query.key() }),
      ),
    );
  const isOwn = kind === 'own';
  return {
    set: useMutation((isOwn ? queries.set : queries.setShared).mutation({ onSettled })),
    check: useMutation((isOwn ? queries.check : queries.checkShared).mutation({ onSettled })),
    remove: useMutation((isOwn ? queries.remove : queries.removeShared).mutation({ onSettled })),
    /** How many models a provider lists now. */
    countModels: async (provider: string): Promise<number> => {
      const { items } = await queryClient.fetchQuery({ ...models.queries.list.options({}), staleTime: 0 });
      return items.filter((model) => model.provider === provider).length;
    },
  };
}
