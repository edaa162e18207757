import type { RunView } from '@parley/web/runs';
import { useAnnouncements } from '../state/use-announcements.ts';
import styles from './answer-status.module.css';
import { formatDuration } from './format.ts';
import { SpineStep } from './spine-step.tsx';
import { useElapsed } from './use-elapsed.ts';

const SHOW_TIME_AFTER_MS = 3_000;

interface AnswerStatusProps {
  readonly text: string;
  readonly startedAt: string;
  readonly run: RunView | undefined;
}

/** What an answer is doing while there is nothing of it to read, with the time after 3 s. */
export function AnswerStatus({ text, startedAt, run }: AnswerStatusProps) {
  const elapsedMs = useElapsed(Date.parse(startedAt));
  const isHidden = run !== undefined && run.partCount > 0 && run.connection !== 'waiting';
  useAnnouncements(text, true);
  if (isHidden) return undefined;
  return (
    <SpineStep kind="answer" isLive>
      <p className={styles.status}>
        {text}
        {elapsedMs >= SHOW_TIME_AFTER_MS && run?.connection !== 'waiting' ? (
          <span className={styles.time}>{formatDuration(elapsedMs)}</span>
        ) : undefined}
      </p>
    </SpineStep>
  );
}
