import type { ReactNode } from 'react';
import { Button } from '../button/button.tsx';
import { joinClasses } from '../class-names.ts';
import { CopyButton } from '../copy-button/copy-button.tsx';
import { CircleAlertIcon, RotateCcwIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import styles from './error-state.module.css';

/** Props of `ErrorState`. */
export interface ErrorStateProps {
  /** What did not work, in one line. */
  readonly title: string;
  /** Why, and what to do: the message of the error. */
  readonly cause?: ReactNode;
  /** Finds this failure in the server's log. */
  readonly traceId?: string | undefined;
  /** Given, a Retry button stands below. */
  readonly onRetry?: (() => void) | undefined;
  readonly isRetrying?: boolean;
  /** Other ways on, as buttons. */
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** An error where the thing would have been: cause, Retry, and a trace id to copy. */
export function ErrorState({
  title,
  cause,
  traceId,
  onRetry,
  isRetrying = false,
  actions,
  className,
}: ErrorStateProps) {
  const messages = useUiMessages();
  return (
    <div role="alert" className={joinClasses(styles.error, className)}>
      <CircleAlertIcon className={joinClasses(styles.icon)} />
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        {cause === undefined ? undefined : (
          <p dir="auto" className={styles.cause}>
            {cause}
          </p>
        )}
        {traceId === undefined ? undefined : (
          <p className={styles.trace}>
            {messages.traceId} <code dir="ltr">{traceId}</code>
            <CopyButton text={traceId} />
          </p>
        )}
        {onRetry === undefined && actions === undefined ? undefined : (
          <div className={styles.actions}>
            {onRetry === undefined ? undefined : (
              <Button size="small" icon={<RotateCcwIcon />} isPending={isRetrying} onPress={onRetry}>
                {messages.retry}
              </Button>
            )}
            {actions}
          </div>
        )}
      </div>
    </div>
  );
}
