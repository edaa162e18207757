import type { ReactNode } from 'react';
import { ListBoxItem } from 'react-aria-components/ListBox';
import { joinClasses } from '../class-names.ts';
import { CheckIcon } from '../icon/index.ts';
import styles from './list.module.css';

/** One thing to choose. */
export interface ListOptionItem {
  readonly id: string;
  readonly label: string;
  /** A second line: what it is, or why it can't be chosen. */
  readonly description?: string;
  /** Stands before the label. */
  readonly icon?: ReactNode;
  /** Stands at the end of the line: badges, a price. */
  readonly end?: ReactNode;
  /** More words that a search finds it by. */
  readonly keywords?: string;
  readonly isDisabled?: boolean;
}

/** Props of `ListOption`. */
export interface ListOptionProps {
  readonly option: ListOptionItem;
}

/** One line of a list to choose from. */
export function ListOption({ option }: ListOptionProps) {
  const { id, label, description, icon, end, keywords, isDisabled = false } = option;
  return (
    <ListBoxItem
      id={id}
      textValue={keywords === undefined ? label : `${label} ${keywords}`}
      isDisabled={isDisabled}
      className={joinClasses(styles.option)}
    >
      {icon}
      <span className={styles.text}>
        <span>{label}</span>
        {description === undefined ? undefined : <span className={styles.description}>{description}</span>}
      </span>
      {end}
      <CheckIcon className={joinClasses(styles.check)} />
    </ListBoxItem>
  );
}
