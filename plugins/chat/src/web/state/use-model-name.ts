import { modelsContract } from '@parley/plugin-models/contract';
import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { modelName } from '../message/format.ts';

/** The name of a model as people know it. */
export function useModelName(id: string | undefined): string {
  const { queries } = useContract(modelsContract);
  const { data } = useQuery({
    ...queries.list.options({}),
    select: ({ items }) => items.find((model) => model.id === id)?.name,
  });
  return data ?? modelName(id);
}
