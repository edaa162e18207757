import { ModelAbilities, ModelPrices } from '@parley/contracts';
import type { AvailableModel, ModelFacts, ModelInfo } from '@parley/contracts';
import type { ModelRule } from '@parley/plugin-models/contract';

/** What is said of one model, and by whom. */
export interface Said {
  readonly rule?: ModelRule | undefined;
  readonly listed?: ModelInfo | undefined;
  readonly facts?: ModelFacts | undefined;
}

const RATES = ModelPrices.omit({ longInput: true }).keyof().options;
const FIELDS = ['description', 'contextWindowTokens', 'maxOutputTokens', ...RATES] as const;
type Field = (typeof FIELDS)[number];
type Values = Partial<Record<Field, string | number | undefined>>;
type Merged = Pick<AvailableModel, Field>;

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
  const isUsed = RATES.some(
    (rate) => facts[rate] !== undefined && rule?.[rate] === undefined && listed?.[rate] === undefined,
  );
  return isUsed ? { source: facts.source, asOf: facts.asOf } : {};
}

/** Rates for long input belong to the other rates they were stated with; over those of somebody else they mean nothing. */
function longInputOf({ rule, listed, facts }: Said): Pick<AvailableModel, 'longInput'> {
  const stated = [rule, listed, facts].find((each) => RATES.some((rate) => each?.[rate] !== undefined));
  const longInput = stated && 'longInput' in stated ? stated.longInput : undefined;
  return longInput ? { longInput } : {};
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
  const isStatedByAny = isStated(listed?.abilities) || isStated(rule?.abilities);
  const isUnknown = !provider.demo && !facts && !isStatedByAny && !listed?.standsFor;
  return {
    id: `${provider.key}/${id}`,
    name: nameOf(id, said),
    ...mergeValues([rule, listed, facts]),
    ...longInputOf(said),
    abilities: mergeAbilities(said),
    ...(listed?.standsFor ? { standsFor: listed.standsFor } : {}),
    provider: provider.key,
    providerTitle: provider.title,
    demo: provider.demo,
    ...sourceOf(said),
    ...(isUnknown ? { isUnknown } : {}),
  };
}
