import type { Message } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { RotateCcwIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import styles from './answer-end.module.css';
import { AnswerFailure } from './answer-failure.tsx';
import { useEndTime } from './use-end-time.ts';

interface AnswerEndProps {
  readonly message: Message;
  readonly onRetry: () => void;
}

/** Why an answer is not whole, and the way on. Whole answers leave nothing here. */
export function AnswerEnd({ message, onRetry }: AnswerEndProps) {
  const { state, error } = message;
  const endedAtMs = useEndTime(message);
  if (state === 'stopped') {
    return (
      <p className={styles.stopped}>
        {messages.stopped}
        <Button variant="quiet" size="small" icon={<RotateCcwIcon />} data-action="retry" onPress={onRetry}>
          {messages.retry}
        </Button>
      </p>
    );
  }
  if (state === 'failed') return <AnswerFailure message={message} endedAtMs={endedAtMs} />;
  if (state !== 'interrupted') return undefined;
  return (
    <ErrorState
      className={styles.error ?? ''}
      title={messages.interrupted}
      cause={error?.detail ?? messages.interruptedCause}
      traceId={error?.requestId}
      onRetry={onRetry}
    />
  );
}
