import { memo } from 'react';
import { AnswerMessage } from './answer-message.tsx';
import type { MessageEntry } from './message-context.ts';
import { PromptMessage } from './prompt-message.tsx';

interface MessageRowProps {
  readonly entry: MessageEntry;
}

/** One message of the thread. It renders again only when something of it changes. */
export const MessageRow = memo(
  ({ entry }: MessageRowProps) =>
    entry.message.role === 'user' ? <PromptMessage entry={entry} /> : <AnswerMessage entry={entry} />,
  ({ entry: one }, { entry: other }) =>
    one.message === other.message &&
    one.isLast === other.isLast &&
    one.isEditing === other.isEditing &&
    one.item === other.item &&
    one.lost?.error === other.lost?.error &&
    (one.lost === undefined) === (other.lost === undefined) &&
    one.place.index === other.place.index &&
    one.place.ids.join() === other.place.ids.join(),
);
MessageRow.displayName = 'MessageRow';
