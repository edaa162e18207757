import type { KeyboardEvent } from 'react';
import { messages } from './messages.ts';
import styles from './rename-field.module.css';

interface RenameFieldProps {
  readonly title: string;
  /** The new title, or nothing when it stays; and whether a key ended it. */
  readonly onDone: (title: string | undefined, isByKeyboard: boolean) => void;
}

/** The title of a row while it is changed. Enter keeps, Escape leaves. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const save = (value: string, isByKeyboard: boolean) => {
    const next = value.trim();
    onDone(next === '' || next === title ? undefined : next, isByKeyboard);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') save(event.currentTarget.value, true);
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDone(undefined, true);
  };
  return (
    <input
      className={styles.field}
      dir="auto"
      aria-label={messages.renameLabel}
      defaultValue={title}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => save(event.currentTarget.value, false)}
      onKeyDown={onKeyDown}
    />
  );
}
