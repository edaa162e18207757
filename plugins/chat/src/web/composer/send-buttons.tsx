import { Button, IconButton } from '@parley/ui/button';
import { ArrowUpIcon, ListTreeIcon, SquareIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import styles from './send-buttons.module.css';

interface SendButtonsProps {
  readonly isReady: boolean;
  readonly isRunning: boolean;
  readonly isStopping: boolean;
  readonly canStop: boolean;
  readonly onSend: () => void;
  readonly onStop: () => void;
}

/** Send, or while an answer runs Stop, and Queue beside it once there is something to queue. They never look alike. */
export function SendButtons({ isReady, isRunning, isStopping, canStop, onSend, onStop }: SendButtonsProps) {
  if (!isRunning) {
    return (
      <IconButton label={messages.send} variant="primary" isDisabled={!isReady} onPress={onSend}>
        <ArrowUpIcon />
      </IconButton>
    );
  }
  return (
    <>
      {isReady ? (
        <Button icon={<ListTreeIcon />} onPress={onSend}>
          {messages.queue}
        </Button>
      ) : undefined}
      <Button
        className={styles.stop ?? ''}
        icon={<SquareIcon />}
        isPending={isStopping}
        isDisabled={!canStop}
        onPress={onStop}
      >
        {messages.stop}
      </Button>
    </>
  );
}
