import { joinClasses } from '../class-names.ts';
import { useUiMessages } from '../provider/messages.ts';
import styles from './spinner.module.css';

/** Props of `Spinner`. */
export interface SpinnerProps {
  /** What is being waited for; "Loading" by default. An empty text hides it from assistive technology. */
  readonly label?: string;
  readonly size?: 'small' | 'medium';
  readonly className?: string;
}

/** A ring that turns while something small is under way. Whole areas show a `Skeleton` instead. */
export function Spinner({ label, size = 'small', className }: SpinnerProps) {
  const messages = useUiMessages();
  const name = label ?? messages.loading;
  const semantics = name === '' ? { 'aria-hidden': true } : { role: 'progressbar', 'aria-label': name };
  return (
    <span className={joinClasses(styles.spinner, styles[size], className)} {...semantics}>
      <svg viewBox="0 0 16 16" fill="none" aria-hidden="true">
        <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeOpacity="0.25" strokeWidth="1.75" />
        <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
      </svg>
    </span>
  );
}
