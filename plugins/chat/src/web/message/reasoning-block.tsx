import { ChevronRightIcon } from '@parley/ui/icon';
import { Markdown } from '@parley/ui/markdown';
import { useId, useState } from 'react';
import { messages } from '../messages.ts';
import { formatDuration } from './format.ts';
import { lastThought } from './last-thought.ts';
import styles from './reasoning-block.module.css';
import { useElapsed } from './use-elapsed.ts';

interface ReasoningBlockProps {
  readonly text: string;
  readonly isOpen: boolean;
  readonly startedAtMs?: number | undefined;
  readonly durationMs?: number | undefined;
}

/** What the model thought: one line with the latest thought and the time it took; the whole only when asked for. */
export function ReasoningBlock({ text, isOpen, startedAtMs, durationMs }: ReasoningBlockProps) {
  const [isExpanded, setExpanded] = useState(false);
  const bodyId = useId();
  const elapsedMs = useElapsed(isOpen ? startedAtMs : undefined);
  // Its provider tells only that there was one, and when it was over.
  if (text === '' && !isOpen) {
    return (
      <div className={styles.reasoning}>
        <div className={styles.summary}>{messages.reasonedHidden}</div>
      </div>
    );
  }
  return (
    <div className={styles.reasoning}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={isExpanded}
        aria-controls={isExpanded ? bodyId : undefined}
        data-action="reasoning"
        onClick={() => setExpanded(!isExpanded)}
      >
        <span className={styles.label}>{labelFor(isOpen, elapsedMs, durationMs)}</span>
        {isExpanded ? undefined : (
          <bdi className={styles.thought} dir="auto">
            {lastThought(text)}
          </bdi>
        )}
        <ChevronRightIcon className={styles.chevron} />
      </button>
      {isExpanded ? (
        <div id={bodyId} className={styles.content} dir="auto">
          <Markdown text={text} streaming={isOpen} headingOffset={3} />
        </div>
      ) : undefined}
    </div>
  );
}

function labelFor(isOpen: boolean, elapsedMs: number, durationMs: number | undefined): string {
  if (isOpen) return elapsedMs < 3_000 ? messages.reasoning : `${messages.reasoning} · ${formatDuration(elapsedMs)}`;
  return durationMs === undefined ? messages.reasoned : messages.reasonedFor(formatDuration(durationMs));
}
