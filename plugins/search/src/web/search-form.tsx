import { IconButton } from '@parley/ui/button';
import { SearchIcon, XIcon } from '@parley/ui/icon';
import { TextField } from '@parley/ui/text-field';
import { type KeyboardEvent, type SubmitEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { messages } from './messages.ts';
import styles from './search-page.module.css';

const TYPING_MS = 250;

interface SearchFormProps {
  readonly q: string;
  readonly onSearch: (q: string) => void;
  /** Leaves the field for the first result. */
  readonly onEnterResults: () => void;
}

/** The field; it searches while somebody types, and at once with Enter. */
export function SearchForm({ q, onSearch, onEnterResults }: SearchFormProps) {
  const [text, setText] = useState(q);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const search = useEffectEvent((wanted: string) => {
    if (wanted !== q) onSearch(wanted);
  });
  useEffect(() => {
    const timer = setTimeout(() => search(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSearch(text);
  };
  const clear = () => {
    setText('');
    onSearch('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    onEnterResults();
  };
  return (
    <form role="search" className={styles.form} onSubmit={submit} onKeyDown={onKeyDown}>
      <TextField
        label={messages.field}
        isLabelHidden
        placeholder={messages.placeholder}
        type="search"
        value={text}
        onChange={setText}
        maxLength={1_000}
        autoFocus
        inputRef={field}
        icon={<SearchIcon />}
        end={
          text === '' ? undefined : (
            <IconButton label={messages.clear} size="small" onPress={clear}>
              <XIcon />
            </IconButton>
          )
        }
      />
    </form>
  );
}
