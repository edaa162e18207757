import type { ReactNode } from 'react';
import { useUiMessages } from '../provider/messages.ts';
import styles from './markdown.module.css';

/** Props of `TableFrame`. */
export interface TableFrameProps {
  readonly children: ReactNode;
}

/** A table that scrolls sideways by itself, so that a wide one never widens the page. */
export function TableFrame({ children }: TableFrameProps) {
  const messages = useUiMessages();
  return (
    // A scrolling area must be reachable by keyboard.
    <div className={styles.tableFrame} role="group" aria-label={messages.table} tabIndex={0}>
      <table className={styles.table} dir="auto">
        {children}
      </table>
    </div>
  );
}
