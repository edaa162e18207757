import { useSearchParams } from '@parley/web/router';

/** What is looked for, as the address of the page says it. */
export interface SearchParams {
  readonly q: string;
  readonly role: 'all' | 'user' | 'assistant';
  readonly when: 'any' | 'day' | 'week' | 'month' | 'year';
  readonly sort: 'best' | 'newest';
  readonly archived: boolean;
  /** The conversation the person came from. */
  readonly here: string | undefined;
  readonly isOnlyHere: boolean;
}

const oneOf = <const T extends string>(value: string | null, values: readonly [T, ...T[]]): T =>
  values.find((each) => each === value) ?? values[0];

const NO_FILTERS = { role: '', when: '', archived: '', only: '' } as const;
type Change = Partial<Readonly<Record<'q' | 'sort' | keyof typeof NO_FILTERS, string>>>;

/** Reads the address; whatever stands in it, it comes to a search. */
export function useSearchState() {
  const [params, setParams] = useSearchParams();
  const here = params.get('here') ?? undefined;
  const state: SearchParams = {
    q: params.get('q') ?? '',
    role: oneOf(params.get('role'), ['all', 'user', 'assistant']),
    when: oneOf(params.get('when'), ['any', 'day', 'week', 'month', 'year']),
    sort: oneOf(params.get('sort'), ['best', 'newest']),
    archived: params.has('archived'),
    here,
    isOnlyHere: here !== undefined && params.has('only'),
  };
  const change = (changes: Change): void =>
    setParams(
      (before) => {
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') before.delete(name);
          else before.set(name, value);
        }
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  return {
    state,
    change,
    hasFilters: state.role !== 'all' || state.when !== 'any' || state.isOnlyHere,
    withoutFilters: () => change(NO_FILTERS),
  };
}
