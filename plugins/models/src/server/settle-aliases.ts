import { ModelAbilities } from '@parley/contracts';
import type { AvailableModel } from '@parley/contracts';

const NONE = 'None of the models it stands for can be used now';

const leastOf = (values: readonly (number | undefined)[]): number | undefined =>
  values.every((value) => value !== undefined) ? Math.min(...values) : undefined;

/** An alias can what each model it may become can: nobody knows beforehand which it will be. */
function settle(alias: AvailableModel, models: readonly AvailableModel[]): AvailableModel {
  if (alias.unavailable !== undefined) return alias;
  if (models.length === 0) return { ...alias, unavailable: NONE };
  const names = ModelAbilities.keyof().options;
  const abilities = Object.fromEntries(
    names.map((name) => [name, models.every((model) => model.abilities[name])]),
  ) as ModelAbilities;
  const context = leastOf(models.map((model) => model.contextWindowTokens));
  const output = leastOf(models.map((model) => model.maxOutputTokens));
  return {
    ...alias,
    abilities,
    ...(context === undefined ? {} : { contextWindowTokens: context }),
    ...(output === undefined ? {} : { maxOutputTokens: output }),
  };
}

/** Gives names for other models what those have in common, of those that can be used. */
export function settleAliases(models: readonly AvailableModel[]): AvailableModel[] {
  const usable = new Map(
    models.flatMap((model) => (model.unavailable === undefined && !model.standsFor ? [[model.id, model]] : [])),
  );
  return models.map((model) =>
    model.standsFor
      ? settle(
          model,
          model.standsFor.flatMap((id) => usable.get(id) ?? []),
        )
      : model,
  );
}
