import { joinClasses } from '../class-names.ts';
import { useUiMessages } from '../provider/messages.ts';
import { VisuallyHidden } from '../visually-hidden/visually-hidden.tsx';
import styles from './skeleton.module.css';

/** Props of `Skeleton`. */
export interface SkeletonProps {
  /** How many lines of text or rows stand here later, 1 by default. */
  readonly lines?: number;
  /** `text` for lines of prose, `row` for list rows, `block` for one area that fills its container. */
  readonly shape?: 'text' | 'row' | 'block';
  /** What is loading, for assistive technology. */
  readonly label?: string;
  readonly className?: string;
}

/** The final geometry of something still loading. It shows after 150 ms, so that fast answers never flicker. */
export function Skeleton({ lines = 1, shape = 'text', label, className }: SkeletonProps) {
  const messages = useUiMessages();
  return (
    <div role="status" className={joinClasses(styles.skeleton, styles[shape], className)}>
      <VisuallyHidden>{label ?? messages.loading}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.line} />
      ))}
    </div>
  );
}
