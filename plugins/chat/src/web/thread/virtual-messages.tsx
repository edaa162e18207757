import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { MessageEntry } from '../message/message-context.ts';
import { MessageRow } from '../message/message-row.tsx';
import styles from './virtual-messages.module.css';

const ESTIMATED_PX = { user: 120, assistant: 480, system: 80 };

interface VirtualMessagesProps {
  readonly entries: readonly MessageEntry[];
  readonly scroller: RefObject<HTMLElement | null>;
  /** The message that must be in the page. */
  readonly sought?: string | undefined;
}

/** A long thread: rows near the window, and those that must not be lost: the live one and the one being edited. */
export function VirtualMessages({ entries, scroller, sought }: VirtualMessagesProps) {
  // The virtualizer is one object that changes inside: what is read from it must be read at each render.
  'use no memo';
  // The element around this one is there only after the first commit.
  const [, setMounted] = useState(false);
  useLayoutEffect(() => setMounted(true), []);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const kept = entries.flatMap(({ message, isEditing }, index) =>
        isEditing || message.state === 'running' || message.id === sought ? [index] : [],
      );
      return [...new Set([...defaultRangeExtractor(range), ...kept])].toSorted((a, b) => a - b);
    },
    [entries, sought],
  );
  // oxlint-disable-next-line react/incompatible-library -- this component opts out of the compiler
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => entries[index]?.message.id ?? index,
    estimateSize: (index) => ESTIMATED_PX[entries[index]?.message.role ?? 'system'],
    rangeExtractor,
    overscan: 4,
    anchorTo: 'end',
    scrollEndThreshold: 80,
    initialOffset: Number.MAX_SAFE_INTEGER,
  });
  return (
    <div className={styles.all} style={{ blockSize: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const entry = entries[item.index];
        return entry ? (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={styles.row}
            // Not by a transform: what sticks inside a row would not know where the row is.
            style={{ insetBlockStart: item.start }}
          >
            <MessageRow entry={entry} />
          </div>
        ) : undefined;
      })}
    </div>
  );
}
