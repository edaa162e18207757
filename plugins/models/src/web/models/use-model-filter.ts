import { ModelAbilities } from '@parley/contracts';
import { useSearchParams } from '@parley/web/router';
import type { ModelFilter, ModelShow } from './filter-models.ts';

/** The ways to show models by how they stand. */
export const SHOWS: readonly ModelShow[] = ['all', 'shown', 'hidden', 'unknown'];
/** Every ability by its name. */
export const ABILITIES = ModelAbilities.keyof().options;

/** The filter of the table, kept in the address so that it can be shared and comes back. */
export function useModelFilter() {
  const [search, setSearch] = useSearchParams();
  const filter: ModelFilter = {
    query: search.get('q') ?? '',
    provider: search.get('provider') ?? undefined,
    ability: ABILITIES.find((name) => name === search.get('ability')),
    show: SHOWS.find((name) => name === search.get('show')) ?? 'all',
  };
  const set = (next: Partial<ModelFilter>) => {
    const { query, provider, ability, show } = { ...filter, ...next };
    setSearch(
      {
        part: 'models',
        ...(query === '' ? {} : { q: query }),
        ...(provider === undefined ? {} : { provider }),
        ...(ability === undefined ? {} : { ability }),
        ...(show === 'all' ? {} : { show }),
      },
      { replace: true },
    );
  };
  return { filter, set, clear: () => setSearch({ part: 'models' }, { replace: true }) };
}
