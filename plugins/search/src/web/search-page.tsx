import { useHost } from '@parley/web';
import { useEffect } from 'react';
import { focusFirstHit } from './hit-keys.ts';
import { messages } from './messages.ts';
import { SearchFilters } from './search-filters.tsx';
import { SearchForm } from './search-form.tsx';
import styles from './search-page.module.css';
import { useSearchState } from './search-params.ts';
import { SearchResults } from './search-results.tsx';

/** Where a person searches in all conversations. */
export function SearchPage() {
  const host = useHost();
  const search = useSearchState();
  const { state, change, hasFilters, withoutFilters } = search;
  useEffect(() => {
    document.title = `${state.q === '' ? messages.page : `${state.q} · ${messages.page}`} · ${host.config.name}`;
  }, [host, state.q]);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{messages.page}</h1>
      <SearchForm q={state.q} onSearch={(q) => change({ q })} onEnterResults={focusFirstHit} />
      <SearchFilters state={state} change={change} />
      <SearchResults state={state} hasFilters={hasFilters} withoutFilters={withoutFilters} />
    </div>
  );
}
