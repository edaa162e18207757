import type { ReactNode } from 'react';
import { joinClasses } from '../class-names.ts';
import styles from './empty-state.module.css';

/** Props of `EmptyState`. */
export interface EmptyStateProps {
  readonly icon?: ReactNode;
  /** One sentence: what would stand here. */
  readonly children: ReactNode;
  /** One `Button`: how it comes to stand here. */
  readonly action?: ReactNode;
  readonly className?: string;
}

/** What a list shows when it has nothing: one sentence and one action. */
export function EmptyState({ icon, children, action, className }: EmptyStateProps) {
  return (
    <div className={joinClasses(styles.empty, className)}>
      {icon === undefined ? undefined : <span className={styles.icon}>{icon}</span>}
      <p className={styles.sentence}>{children}</p>
      {action}
    </div>
  );
}
