import { SearchIcon } from '@parley/ui/icon';
import { Kbd } from '@parley/ui/kbd';
import type { KeyboardEvent } from 'react';
import { messages } from '../../messages.ts';
import styles from './model-search.module.css';

interface ModelSearchProps {
  /** Id of the list; none while nothing is found. */
  readonly listId: string | undefined;
  /** Id of the element the keys are on. */
  readonly activeId: string | undefined;
  readonly onChange: (query: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The search of the model list: a combobox whose list is open as long as it holds something. */
export function ModelSearch({ listId, activeId, onChange, onKeyDown }: ModelSearchProps) {
  return (
    <label className={styles.search}>
      <SearchIcon />
      <input
        className={styles.input}
        role="combobox"
        aria-label={messages.searchModels}
        aria-expanded={listId !== undefined}
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={activeId}
        aria-keyshortcuts="Control+D Meta+D"
        placeholder={messages.searchModels}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        // Not where it would bring up a keyboard over the list.
        autoFocus={matchMedia('(pointer: fine)').matches}
        onInput={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.keys} title={messages.favouriteKeys}>
        <Kbd keys="Mod+D" /> <span aria-hidden="true">★</span>
      </span>
    </label>
  );
}
