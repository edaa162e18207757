import type { ModelFacts, ModelFactsSource, ModelPrices } from '@parley/contracts';
import type { Clock } from '@parley/kernel';
import { CatalogueFile } from './entries.ts';
import type { CatalogueEntry } from './entries.ts';
import { createFinder } from './find-entry.ts';

/** An entry that an operator adds, or puts in place of the one there is. */
export type ExtraEntry = CatalogueEntry & { readonly family: string };

type Prices = { [Name in keyof ModelPrices]?: undefined };
const NO_PRICES: Prices = {
  inputUsdPerMillion: undefined,
  outputUsdPerMillion: undefined,
  cachedInputUsdPerMillion: undefined,
  cacheWriteUsdPerMillion: undefined,
  longInput: undefined,
};

const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function toFacts(entry: CatalogueEntry, today: string): ModelFacts {
  const { id: _id, aliases: _aliases, snapshots: _snapshots, pricesUntil, ...facts } = entry;
  return pricesUntil !== undefined && today > pricesUntil ? { ...facts, ...NO_PRICES } : facts;
}

/**
 * What is known of models, from files and from what the operator adds. A file is read in full when its family is asked
 * for the first time.
 */
export function createCatalogue(deps: {
  /** By family. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly extra: readonly ExtraEntry[];
  readonly clock: Clock;
}): ModelFactsSource {
  const { files, extra, clock } = deps;
  const finders = new Map<string, ReturnType<typeof createFinder>>();

  const finderOf = (family: string) => {
    const known = finders.get(family);
    if (known) return known;
    const shipped = Object.hasOwn(files, family) ? CatalogueFile.parse(files[family]) : { models: [] };
    const added = extra.filter((entry) => entry.family === family);
    // What the operator says is found before the rest, since later entries take the ids of earlier ones.
    const finder = createFinder({ ...shipped, models: [...shipped.models, ...added] });
    finders.set(family, finder);
    return finder;
  };

  return {
    lookup(family, model) {
      const entry = finderOf(family)(model);
      return entry && toFacts(entry, toDay(clock.now()));
    },
  };
}
