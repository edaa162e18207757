import { isAppError } from '@parley/contracts';
import { IconButton } from '@parley/ui/button';
import { PencilIcon, Trash2Icon } from '@parley/ui/icon';
import { useState } from 'react';
import type { Note } from '../contract/index.ts';
import { messages } from './messages.ts';
import { NoteForm } from './note-form.tsx';
import styles from './notes-panel.module.css';
import { useNoteMutations } from './queries.ts';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** One note, with its ways to change and to delete it. */
export function NoteItem({ note, onRemove }: { readonly note: Note; readonly onRemove: (note: Note) => void }) {
  const [text, setText] = useState<string>();
  const { update } = useNoteMutations();
  const problem = isAppError(update.error, 'STORAGE_CONFLICT') ? messages.changedElsewhere : update.error?.message;
  if (text !== undefined) {
    const save = (next: string) =>
      update.mutate(
        { conversationId: note.conversationId, id: note.id, text: next, rev: note.rev },
        { onSuccess: () => setText(undefined) },
      );
    return (
      <li className={styles['note']}>
        <NoteForm
          text={text}
          onTextChange={setText}
          onSubmit={save}
          onCancel={() => setText(undefined)}
          isPending={update.isPending}
          error={problem}
        />
      </li>
    );
  }
  return (
    <li className={styles['note']}>
      <p className={styles['text']} dir="auto">
        {note.text}
      </p>
      <div className={styles['foot']}>
        <time dateTime={note.createdAt} dir="auto">
          {time.format(new Date(note.createdAt))}
        </time>
        <span className={styles['tools']}>
          <IconButton label={messages.edit} size="small" onPress={() => setText(note.text)}>
            <PencilIcon />
          </IconButton>
          <IconButton label={messages.remove} size="small" onPress={() => onRemove(note)}>
            <Trash2Icon />
          </IconButton>
        </span>
      </div>
    </li>
  );
}
