import type { ReactNode } from 'react';
import styles from './spine.module.css';

/** What a step of the thread is, shown as the shape of its node. */
export type NodeKind = 'prompt' | 'reasoning' | 'tool' | 'answer' | 'source' | 'notice';

interface SpineStepProps {
  readonly kind: NodeKind;
  /** The node pulses: something is happening here. */
  readonly isLive?: boolean;
  readonly children: ReactNode;
}

/** One step on the spine: its node, and beside it what it holds. */
export function SpineStep({ kind, isLive = false, children }: SpineStepProps) {
  return (
    <div className={styles.step}>
      <span className={`${styles.node} ${styles[kind]} ${isLive ? styles.live : ''}`} aria-hidden="true">
        <i className={styles.mark} />
      </span>
      <div className={styles.body}>{children}</div>
    </div>
  );
}
