import type { ModelAbilities } from '@parley/contracts';
import type { ManagedModel } from '@parley/plugin-models/contract';

/** Which models a list shows. */
export interface ModelFilter {
  readonly query: string;
  readonly provider: string | undefined;
  readonly ability: keyof ModelAbilities | undefined;
  readonly show: ModelShow;
}

/** Models by how they stand. */
export type ModelShow = 'all' | 'shown' | 'hidden' | 'unknown';

/** Whether people see a model, by its rule and what holds for new ones. */
export const isShown = ({ rule }: Pick<ManagedModel, 'rule'>, newModels: 'shown' | 'hidden'): boolean =>
  rule?.enabled ?? newModels === 'shown';

/** The models that fit all parts of a filter; of the query each word has to be in the name, the id or the provider. */
export function filterModels(
  items: readonly ManagedModel[],
  { query, provider, ability, show }: ModelFilter,
  newModels: 'shown' | 'hidden',
): readonly ManagedModel[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const { model } = item;
    const text = `${model.name} ${model.id} ${model.providerTitle}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (provider === undefined || model.provider === provider) &&
      (ability === undefined || model.abilities[ability]) &&
      (show === 'all' ||
        (show === 'unknown' ? model.isUnknown === true : isShown(item, newModels) === (show === 'shown')))
    );
  });
}
