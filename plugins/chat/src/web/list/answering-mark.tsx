import type { Conversation } from '@parley/contracts';
import { chatContract } from '@parley/plugin-chat/contract';
import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { messages } from '../messages.ts';
import styles from './answering-mark.module.css';

/** Marks a conversation in which an answer is being written. */
export function AnsweringMark({ conversation }: { readonly conversation: Conversation }) {
  const { queries } = useContract(chatContract);
  const { data: isAnswering } = useQuery({
    ...queries.activeRuns.options({}),
    select: ({ items }) => items.some(({ conversationId }) => conversationId === conversation.id),
  });
  return isAnswering ? <span role="img" aria-label={messages.answering} className={styles.mark} /> : undefined;
}
