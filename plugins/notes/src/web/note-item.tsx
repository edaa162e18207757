import { isAppError } from '@parley/contracts';
import { IconButton } from '@parley/ui/button';
import { PencilIcon, Trash2Icon } from '@parley/ui/icon';
import { useState } from 'react';
import { Note, notesErrors } from '../contract/index.ts';
import { messages } from './messages.ts';
import { NoteForm } from './note-form.tsx';
import styles from './notes-panel.module.css';
import { useNoteMutations } from './queries.ts';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** One note, with its ways to change and to delete it. */
export function NoteItem({ note, onRemove }: { readonly note: Note; readonly onRemove: (note: Note) => void }) {
  const [text, setText] = useState<string>();
  // As it was when the change began; after a conflict, as it is now and stands above the form.
  const [base, setBase] = useState(note);
  const { update } = useNoteMutations();
  const isChanged = isAppError(update.error, notesErrors.CHANGED.code);
  const problem = isChanged ? messages.changedElsewhere : update.error?.message;
  const leave = () => {
    setText(undefined);
    update.reset();
  };
  const begin = () => {
    setBase(note);
    setText(note.text);
  };
  if (text !== undefined) {
    const save = (next: string) =>
      update.mutate(
        { conversationId: note.conversationId, id: note.id, text: next, rev: base.rev },
        { onSuccess: leave, onError: (error) => setBase(currentOf(error) ?? base) },
      );
    return (
      <li className={styles['note']}>
        {isChanged ? (
          <p className={styles['text']} dir="auto">
            {base.text}
          </p>
        ) : undefined}
        <NoteForm
          text={text}
          onTextChange={setText}
          onSubmit={save}
          onCancel={leave}
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
          <IconButton label={messages.edit} size="small" onPress={begin}>
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

/** The state that a conflict says is the current one. */
function currentOf(error: unknown): Note | undefined {
  if (!isAppError(error, notesErrors.CHANGED.code)) return undefined;
  return Note.safeParse(error.details['current']).data;
}
