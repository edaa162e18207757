import type { ReactNode } from 'react';
import styles from './visually-hidden.module.css';

/** Props of `VisuallyHidden`. */
export interface VisuallyHiddenProps {
  /** Shown when something inside has the focus, as skip links are. */
  readonly isFocusable?: boolean;
  readonly id?: string;
  readonly children: ReactNode;
}

/** Text for assistive technology only. */
export function VisuallyHidden({ isFocusable = false, id, children }: VisuallyHiddenProps) {
  return (
    <span id={id} className={isFocusable ? styles.focusable : styles.hidden}>
      {children}
    </span>
  );
}
