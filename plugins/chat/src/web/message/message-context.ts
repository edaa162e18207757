import type { Message } from '@parley/contracts';
import { createContext, useContext } from 'react';
import type { SiblingPlace } from '../state/message-tree.ts';
import type { OutboxItem } from '../state/outbox.ts';

/** What a message can ask of its thread. The functions never change identity. */
export interface ThreadActions {
  readonly showVersion: (messageId: string) => void;
  /** Writes an answer again, with another model when one is named. */
  readonly answerAgain: (answer: Message, model?: string) => void;
  /** Takes the prompt of an answer into a conversation of its own. */
  readonly askAnew: (answer: Message) => void;
  /** Opens the editor of a prompt; without a prompt it closes the open one. */
  readonly edit: (messageId: string | undefined) => void;
  readonly saveEdit: (prompt: Message, text: string) => void;
  readonly sendAgain: (item: OutboxItem, model?: string) => void;
  readonly discard: (item: OutboxItem) => void;
  readonly followAgain: (runId: string) => void;
}

/** Holds the actions of the surrounding thread. */
export const ThreadActionsContext = createContext<ThreadActions | undefined>(undefined);

/** The actions of the surrounding thread. */
export function useThreadActions(): ThreadActions {
  const actions = useContext(ThreadActionsContext);
  if (!actions) throw new Error('A message was rendered outside of a thread');
  return actions;
}

/** One message as its row receives it; the same object while nothing of it changes. */
export interface MessageEntry {
  readonly message: Message;
  readonly place: SiblingPlace;
  readonly isLast: boolean;
  readonly isEditing: boolean;
  /** The request behind a message that the server does not know yet. */
  readonly item: OutboxItem | undefined;
  /** Why its run can not be followed, in an object when it can not. */
  readonly lost: { readonly error: unknown } | undefined;
}
