import { Button, IconButton } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { Trash2Icon } from '@parley/ui/icon';
import { Skeleton } from '@parley/ui/skeleton';
import { TextField } from '@parley/ui/text-field';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { messages } from './messages.ts';
import styles from './panel.module.css';
import { useEntries, useEntryMutations } from './queries.ts';

/** The panel beside a thread: a form, and the entries below it, newest first. */
export default function Panel({ conversationId }: { readonly conversationId: string }) {
  const entries = useEntries(conversationId);
  const { create, remove } = useEntryMutations();
  const [text, setText] = useState('');
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({ conversationId, text }, { onSuccess: () => setText('') });
  };
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles['panel']}>
      <form className={styles['form']} onSubmit={add}>
        <TextField
          label={messages.what}
          value={text}
          onChange={setText}
          maxLength={1_000}
          errorMessage={create.error?.message}
        />
        <Button type="submit" variant="primary" isPending={create.isPending} isDisabled={text.trim() === ''}>
          {messages.add}
        </Button>
      </form>
      {entries.isPending ? <Skeleton lines={3} /> : undefined}
      {entries.isError ? (
        <ErrorState
          title={messages.loadFailed}
          cause={entries.error.message}
          onRetry={() => void entries.refetch()}
          isRetrying={entries.isFetching}
        />
      ) : undefined}
      {entries.isSuccess && items.length === 0 ? <EmptyState>{messages.empty}</EmptyState> : undefined}
      <ul className={styles['list']}>
        {items.map((entry) => (
          <li key={entry.id} className={styles['entry']}>
            <span dir="auto">{entry.text}</span>
            <IconButton
              label={messages.remove}
              size="small"
              onPress={() => remove.mutate({ conversationId, id: entry.id })}
            >
              <Trash2Icon />
            </IconButton>
          </li>
        ))}
      </ul>
      {entries.hasNextPage ? (
        <Button variant="quiet" isPending={entries.isFetchingNextPage} onPress={() => void entries.fetchNextPage()}>
          {messages.more}
        </Button>
      ) : undefined}
    </div>
  );
}
