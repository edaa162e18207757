import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { SearchIcon } from '@parley/ui/icon';
import { Skeleton } from '@parley/ui/skeleton';
import { HitGroups } from './hit-groups.tsx';
import { moveBetweenHits } from './hit-keys.ts';
import { LoadMore } from './load-more.tsx';
import { messages } from './messages.ts';
import styles from './search-page.module.css';
import type { useSearchState } from './search-params.ts';
import { useSearch } from './use-search.ts';

/** What a search has come to: hits, nothing, an error, or not yet anything. */
export function SearchResults(props: Omit<ReturnType<typeof useSearchState>, 'change'>) {
  const { state, hasFilters, withoutFilters } = props;
  const found = useSearch(state);
  const q = state.q.trim();
  if (q === '') return <EmptyState icon={<SearchIcon />}>{messages.hint}</EmptyState>;
  if (found.isPending) return <Skeleton shape="row" lines={6} label={messages.searching} />;
  if (found.error) {
    return (
      <ErrorState
        title={messages.failed}
        cause={found.error.message}
        onRetry={() => void found.refetch()}
        isRetrying={found.isFetching}
      />
    );
  }
  const status = found.isPlaceholderData ? messages.searching : messages.found(found.count, found.hasNextPage);
  const isEmpty = found.count === 0 && !found.hasNextPage;
  return (
    <>
      <p role="status" className={styles.status}>
        {isEmpty && !found.isPlaceholderData ? messages.nothing(q) : status}
      </p>
      {isEmpty ? (
        <EmptyState action={hasFilters ? <Button onPress={withoutFilters}>{messages.loosen}</Button> : undefined}>
          {messages.nothingHint}
        </EmptyState>
      ) : undefined}
      {found.filled === undefined ? undefined : (
        <p className={styles.notice}>
          {messages.filling(Math.floor(found.filled * 100))}
          <progress aria-label={messages.searching} max={1} value={found.filled} />
        </p>
      )}
      {found.isCapped ? <p className={styles.notice}>{messages.capped}</p> : undefined}
      <div
        data-hits
        className={styles.groups}
        aria-busy={found.isPlaceholderData}
        aria-label={messages.hits}
        role="region"
        onKeyDown={moveBetweenHits}
      >
        <HitGroups groups={found.groups} />
      </div>
      {found.hasNextPage ? (
        <LoadMore isLoading={found.isFetchingNextPage} onLoad={() => void found.fetchNextPage()} />
      ) : undefined}
    </>
  );
}
