import type { Message } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { RotateCcwIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import styles from './answer-end.module.css';

interface AnswerEndProps {
  readonly message: Message;
  readonly onRetry: () => void;
}

/** Why an answer is not whole, and the way on. Whole answers leave nothing here. */
export function AnswerEnd({ message, onRetry }: AnswerEndProps) {
  const { state, error } = message;
  if (state === 'stopped') {
    return (
      <p className={styles.stopped}>
        {messages.stopped}
        <Button variant="quiet" size="small" icon={<RotateCcwIcon />} onPress={onRetry}>
          {messages.retry}
        </Button>
      </p>
    );
  }
  if (state !== 'failed' && state !== 'interrupted') return undefined;
  return (
    <ErrorState
      className={styles.error ?? ''}
      title={state === 'failed' ? messages.failed : messages.interrupted}
      cause={error?.detail ?? (state === 'failed' ? messages.failedCause : messages.interruptedCause)}
      traceId={error?.requestId}
      onRetry={onRetry}
    />
  );
}
