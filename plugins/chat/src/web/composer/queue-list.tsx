import { Button } from '@parley/ui/button';
import { messages } from '../messages.ts';
import type { QueuedTurn, TurnQueue } from '../state/turn-queue.ts';
import styles from './queue-list.module.css';

interface QueueListProps {
  readonly queue: TurnQueue;
  readonly isRunning: boolean;
  readonly canSend: boolean;
  readonly onEdit: (turn: QueuedTurn) => void;
  readonly onRemove: (turn: QueuedTurn) => void;
  readonly onSendNext: () => void;
}

/** Messages that wait for the running answer; each can still be changed or taken back. */
export function QueueList({ queue, isRunning, canSend, onEdit, onRemove, onSendNext }: QueueListProps) {
  const { turns, pausedBy } = queue;
  if (turns.length === 0) return undefined;
  return (
    <section className={styles.queue} aria-label={messages.queued}>
      {isRunning ? undefined : (
        <p className={styles.paused} role="status">
          {pausedBy === 'stopped' ? messages.pausedStopped : pausedBy === 'failed' ? messages.pausedFailed : undefined}
          <Button size="small" isDisabled={!canSend} onPress={onSendNext}>
            {messages.sendNow}
          </Button>
        </p>
      )}
      <ol role="list" className={styles.turns}>
        {turns.map((turn, index) => (
          <li key={turn.id} className={styles.turn}>
            <span className={styles.position}>{index === 0 ? messages.nextUp : messages.afterThat}</span>
            <bdi className={styles.text} dir="auto">
              {turn.text}
            </bdi>
            <span className={styles.actions}>
              <Button variant="quiet" size="small" onPress={() => onEdit(turn)}>
                {messages.editTurn}
              </Button>
              <Button variant="quiet" size="small" onPress={() => onRemove(turn)}>
                {messages.removeTurn}
              </Button>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
