import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { Link } from '@parley/web/router';
import { useMemo, useState } from 'react';
import styles from './conversation-list.module.css';
import { ConversationGroupView } from './conversation-group.tsx';
import { groupByDate } from './date-groups.ts';
import { LoadMore } from './load-more.tsx';
import { messages } from './messages.ts';
import { moveBetweenRows } from './row-keys.ts';
import { useConversations } from './use-conversations.ts';
import { useRowActions } from './use-row-actions.ts';

/** The conversations of the side bar: pinned ones, then by date, more as one scrolls. */
export function ConversationList() {
  const actions = useRowActions();
  const pinned = useConversations('pinned');
  const others = useConversations('unpinned');
  const [nowMs] = useState(() => Date.now());
  const groups = useMemo(() => groupByDate(others.items, nowMs), [others.items, nowMs]);
  const error = others.error ?? pinned.error;
  if (others.isPending && !error) return <Skeleton shape="row" lines={6} label={messages.loading} />;
  if (error && !others.data) {
    return <ErrorState title={messages.loadFailed} cause={error.message} onRetry={() => void others.refetch()} />;
  }
  const isEmpty = pinned.items.length === 0 && others.items.length === 0;
  return (
    <div data-rows className={styles.list} role="group" aria-label={messages.list} onKeyDown={moveBetweenRows}>
      {isEmpty ? <p className={styles.empty}>{messages.empty}</p> : undefined}
      <ConversationGroupView id="pinned" title={messages.pinned} items={pinned.items} actions={actions} />
      {groups.map((group) => (
        <ConversationGroupView key={group.id} {...group} actions={actions} />
      ))}
      {others.hasNextPage ? (
        <LoadMore isLoading={others.isFetchingNextPage} onLoad={() => void others.fetchNextPage()} />
      ) : undefined}
      {isEmpty ? undefined : (
        <Link to="/chats" className={styles.all ?? ''}>
          {messages.all}
        </Link>
      )}
    </div>
  );
}
