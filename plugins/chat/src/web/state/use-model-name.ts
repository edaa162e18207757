import { chatContract } from '@parley/plugin-chat/contract';
import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { modelName } from '../message/format.ts';

/** The name of a model as people know it. */
export function useModelName(id: string | undefined): string {
  const { queries } = useContract(chatContract);
  const { data } = useQuery({
    ...queries.models.options({}),
    select: ({ items }) => items.find((model) => model.id === id)?.name,
  });
  return data ?? modelName(id);
}
