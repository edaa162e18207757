import type { ReactNode } from 'react';
import { joinClasses } from '../class-names.ts';
import styles from './badge.module.css';

/** Props of `Badge`. */
export interface BadgeProps {
  /** `signal` is kept for "a person is needed". */
  readonly tone?: 'neutral' | 'accent' | 'ok' | 'think' | 'signal' | 'danger';
  readonly children: ReactNode;
  readonly className?: string;
}

/** A word about the state of what it stands beside. */
export function Badge({ tone = 'neutral', children, className }: BadgeProps) {
  return <span className={joinClasses(styles.badge, styles[tone], className)}>{children}</span>;
}
