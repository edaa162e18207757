import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { useHost } from '@parley/web';
import type { Note } from '../contract/index.ts';
import { messages } from './messages.ts';
import { NoteForm } from './note-form.tsx';
import { NoteItem } from './note-item.tsx';
import styles from './notes-panel.module.css';
import { useNoteMutations, useNotes } from './queries.ts';
import { useDraft } from './state.ts';

/** The panel beside a thread: a form, and the notes below it, newest first. */
export default function NotesPanel({ conversationId }: { readonly conversationId: string }) {
  const host = useHost();
  const notes = useNotes(conversationId);
  const [draft, setDraft] = useDraft(conversationId);
  const { create, remove } = useNoteMutations();
  const add = (text: string) => create.mutate({ conversationId, text }, { onSuccess: () => setDraft('') });
  const undo = (note: Note) => create.mutate({ conversationId, text: note.text });
  const removeWithUndo = (note: Note) =>
    remove.mutate(
      { conversationId, id: note.id },
      {
        onSuccess: () =>
          host.toast(
            { title: messages.removed, action: { label: messages.undo, onAction: () => undo(note) } },
            { timeoutMs: 8_000 },
          ),
      },
    );
  const items = notes.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <div className={styles['panel']}>
      <NoteForm
        text={draft}
        onTextChange={setDraft}
        onSubmit={add}
        isPending={create.isPending}
        error={create.error ? `${messages.saveFailed}: ${create.error.message}` : undefined}
      />
      {notes.isPending ? <Skeleton lines={4} /> : undefined}
      {notes.isError ? (
        <ErrorState
          title={messages.loadFailed}
          cause={notes.error.message}
          onRetry={() => void notes.refetch()}
          isRetrying={notes.isFetching}
        />
      ) : undefined}
      {notes.isSuccess && items.length === 0 ? <EmptyState>{messages.empty}</EmptyState> : undefined}
      <ul className={styles['list']}>
        {items.map((note) => (
          <NoteItem key={note.id} note={note} onRemove={removeWithUndo} />
        ))}
      </ul>
      {notes.hasNextPage ? (
        <Button variant="quiet" isPending={notes.isFetchingNextPage} onPress={() => void notes.fetchNextPage()}>
          {messages.more}
        </Button>
      ) : undefined}
    </div>
  );
}
