import { Button } from '@parley/ui/button';
import { TextField } from '@parley/ui/text-field';
import type { SubmitEvent } from 'react';
import { messages } from './messages.ts';
import styles from './notes-panel.module.css';

interface NoteFormProps {
  readonly text: string;
  readonly onTextChange: (text: string) => void;
  readonly onSubmit: (text: string) => void;
  readonly onCancel?: () => void;
  readonly isPending: boolean;
  readonly error?: string | undefined;
}

/** Where a note is written or changed. */
export function NoteForm({ text, onTextChange, onSubmit, onCancel, isPending, error }: NoteFormProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== '') onSubmit(text.trim());
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextField
        label={onCancel ? messages.edit : messages.newNote}
        isLabelHidden={onCancel !== undefined}
        placeholder={messages.placeholder}
        rows={3}
        maxLength={10_000}
        value={text}
        onChange={onTextChange}
        errorMessage={error}
        autoFocus={onCancel !== undefined}
      />
      <div className={styles['actions']}>
        {onCancel ? (
          <Button variant="quiet" size="small" onPress={onCancel}>
            {messages.cancel}
          </Button>
        ) : undefined}
        <Button type="submit" size="small" variant="primary" isPending={isPending} isDisabled={text.trim() === ''}>
          {onCancel ? messages.save : messages.add}
        </Button>
      </div>
    </form>
  );
}
