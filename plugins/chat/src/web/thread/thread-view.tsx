import { Button } from '@parley/ui/button';
import { ArrowDownIcon } from '@parley/ui/icon';
import { type KeyboardEvent, type Ref, useImperativeHandle } from 'react';
import type { MessageEntry } from '../message/message-context.ts';
import { messages } from '../messages.ts';
import { MessageList } from './message-list.tsx';
import { handleThreadKey } from './thread-keys.ts';
import styles from './thread-view.module.css';
import { type Follow, useFollow } from './use-follow.ts';
import { useSought } from './use-sought.ts';

/** What the thread's owner can ask of it. */
export type ThreadViewHandle = Pick<Follow, 'goToEnd' | 'hold'>;

interface ThreadViewProps {
  readonly entries: readonly MessageEntry[];
  readonly isBusy: boolean;
  /** The message to begin at, marked; the end without one. */
  readonly sought?: string | undefined;
  readonly ref?: Ref<ThreadViewHandle>;
}

/** The thread itself: a log that no reader is interrupted by, and the way back to its end. */
export function ThreadView({ entries, isBusy, sought, ref }: ThreadViewProps) {
  const { scroller, content, isAtEnd, goToEnd, hold } = useFollow();
  const isThere = sought !== undefined && entries.some(({ message }) => message.id === sought);
  useSought({ scroller, sought: isThere ? sought : undefined, hold });
  useImperativeHandle(ref, () => ({ goToEnd, hold }), [goToEnd, hold]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'End' && !isTyping(event.target)) goToEnd();
    else handleThreadKey(event);
  };
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        id="thread"
        role="log"
        aria-live="off"
        aria-busy={isBusy}
        aria-label={messages.thread}
        tabIndex={0}
        className={styles.scroller}
        onKeyDown={onKeyDown}
      >
        <div ref={content} className={styles.column}>
          <MessageList entries={entries} scroller={scroller} sought={sought} />
        </div>
      </div>
      {isAtEnd ? undefined : (
        <div className={styles.latest}>
          <Button size="small" icon={<ArrowDownIcon />} onPress={goToEnd}>
            {messages.latest}
          </Button>
        </div>
      )}
    </div>
  );
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"]') !== null;
