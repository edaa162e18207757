import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { useHost } from '@parley/web';
import { ConversationRow } from './conversation-row.tsx';
import { LoadMore } from './load-more.tsx';
import { messages } from './messages.ts';
import { moveBetweenRows } from './row-keys.ts';
import { useConversations } from './use-conversations.ts';
import { useRowActions } from './use-row-actions.ts';

/** The rows of one list, with its states. */
export function PageList({ isArchive }: { readonly isArchive: boolean }) {
  const host = useHost();
  const actions = useRowActions();
  const list = useConversations(isArchive ? 'archived' : 'all');
  if (list.isPending) return <Skeleton shape="row" lines={8} label={messages.loading} />;
  if (list.error) {
    return <ErrorState title={messages.loadFailed} cause={list.error.message} onRetry={() => void list.refetch()} />;
  }
  if (list.items.length === 0) {
    return (
      <EmptyState action={<Button onPress={() => host.navigate('/')}>{messages.newChat}</Button>}>
        {isArchive ? messages.archivedEmpty : messages.empty}
      </EmptyState>
    );
  }
  return (
    <div data-rows onKeyDown={moveBetweenRows}>
      <ul role="list">
        {list.items.map((conversation) => (
          <li key={conversation.id}>
            <ConversationRow conversation={conversation} actions={actions} />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <LoadMore isLoading={list.isFetchingNextPage} onLoad={() => void list.fetchNextPage()} />
      ) : undefined}
    </div>
  );
}
