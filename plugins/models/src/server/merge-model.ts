import { ModelAbilities, ModelPrices } from '@parley/contracts';
import type { AvailableModel, ModelFacts, ModelInfo } from '@parley/contracts';
import type { ModelRule } from '@parley/plugin-models/contract';

/** What is said of one model, and by whom. */
export interface Said {
  readonly rule?: ModelRule | undefined;
  readonly listed?: ModelInfo | undefined;
  readonly facts?: ModelFacts | undefined;
}

type Values = Partial<
  Record<'description' | 'contextWindowTokens' | 'maxOutputTokens' | keyof ModelPrices, string | number | undefined>
>;
type Merged = Pick<AvailableModel, 'description' | 'contextWindowTokens' | 'maxOutputTokens' | keyof ModelPrices>;

const PRICES = ModelPrices.keyof().options;
const FIELDS = ['description', 'contextWindowTokens', 'maxOutputTokens', ...PRICES] as const;

/** The first that states a value counts: the operator, then the provider, then what else is known. */
function mergeValues(stated: readonly (Values | undefined)[]): Merged {
  const entries = FIELDS.flatMap((field) => {
    const value = stated.find((each) => each?.[field] !== undefined)?.[field];
    return value === undefined ? [] : [[field, value]];
  });
  return Object.fromEntries(entries) as Merged;
}

function mergeAbilities({ rule, listed, facts }: Said): ModelAbilities {
  const stated = [rule?.abilities, listed?.abilities, facts?.abilities];
  const names = ModelAbilities.keyof().options;
  // What nobody is sure of, a model can't.
  return Object.fromEntries(
    names.map((name) => [name, stated.find((each) => each?.[name] !== undefined)?.[name] ?? false]),
  ) as ModelAbilities;
}

const isNamed = (listed: ModelInfo | undefined): boolean => listed !== undefined && listed.name !== listed.id;

function nameOf(id: string, { rule, listed, facts }: Said): string {
  return rule?.name ?? (isNamed(listed) ? listed?.name : undefined) ?? facts?.name ?? listed?.name ?? id;
}

/** Where prices are from, when they are not the operator's or the provider's. */
function sourceOf({ rule, listed, facts }: Said): Pick<AvailableModel, 'source' | 'asOf'> {
  if (!facts) return {};
  const isUsed = PRICES.some(
    (price) => facts[price] !== undefined && rule?.[price] === undefined && listed?.[price] === undefined,
  );
  return isUsed ? { source: facts.source, asOf: facts.asOf } : {};
}

const isStated = (abilities: object | undefined): boolean =>
  abilities !== undefined && Object.keys(abilities).length > 0;

/** One model from everything that is said of it. `id` is the provider's own. */
export function mergeModel(
  id: string,
  provider: { readonly key: string; readonly title: string; readonly demo: boolean },
  said: Said,
): AvailableModel {
  const { rule, listed, facts } = said;
  const isUnknown = !facts && !isStated(listed?.abilities) && !isStated(rule?.abilities) && !listed?.standsFor;
  return {
    id: `${provider.key}/${id}`,
    name: nameOf(id, said),
    ...mergeValues([rule, listed, facts]),
    abilities: mergeAbilities(said),
    ...(listed?.standsFor ? { standsFor: listed.standsFor } : {}),
    provider: provider.key,
    providerTitle: provider.title,
    demo: provider.demo,
    ...sourceOf(said),
    ...(isUnknown ? { isUnknown } : {}),
  };
}
