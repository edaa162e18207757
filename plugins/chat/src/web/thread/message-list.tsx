import type { RefObject } from 'react';
import type { MessageEntry } from '../message/message-context.ts';
import { MessageRow } from '../message/message-row.tsx';
import { VirtualMessages } from './virtual-messages.tsx';

/** From here on only what is near the window is in the page. Below it, the browser's own search and select-all work. */
const VIRTUAL_FROM = 40;

interface MessageListProps {
  readonly entries: readonly MessageEntry[];
  readonly scroller: RefObject<HTMLElement | null>;
  readonly sought?: string | undefined;
}

/** The messages of the branch that is shown. */
export function MessageList({ entries, scroller, sought }: MessageListProps) {
  if (entries.length >= VIRTUAL_FROM) return <VirtualMessages entries={entries} scroller={scroller} sought={sought} />;
  return entries.map((entry) => <MessageRow key={entry.message.id} entry={entry} />);
}
