import { newId } from '@parley/contracts';
import type { Message, Part, Principal } from '@parley/contracts';
import { chatErrors } from '@parley/plugin-chat/contract';
import type { SendMessage } from '@parley/plugin-chat/contract';
import type { ConversationStore, NewMessage } from '@parley/plugin-conversations/contract';
import { titleOf } from './title-of.ts';

/** Where in the tree an answer will stand, and what comes before it. */
export interface SendTarget {
  readonly conversationId: string;
  /** Title of the conversation to create; absent when there is one. */
  readonly newTitle?: string;
  /** The prompt to add; absent when the prompt is there already. */
  readonly prompt?: NewMessage;
  readonly userMessageId: string;
  /** The message the prompt follows: one answer at a time may run behind it. */
  readonly parentId?: string;
  /** The run whose answer is written again. */
  readonly retriedRunId?: string;
  /** What is said, for whoever admits it. */
  readonly parts: readonly Part[];
}

/** Names the branch of a target: one active run each. */
export const branchOf = ({ conversationId, parentId }: SendTarget): string => `${conversationId}/${parentId ?? 'root'}`;

const refuseRunning = (message: Message): void => {
  if (message.state === 'running') throw chatErrors.RUN_ACTIVE({ runId: message.runId });
};

/** The prompt of the answer that is to be written again. */
async function toRetry(
  conversations: ConversationStore,
  principal: Principal,
  conversationId: string,
  answerId: string,
) {
  const answer = await conversations.message(principal, conversationId, answerId);
  refuseRunning(answer);
  const promptId = answer.role === 'user' ? answer.id : (answer.parentId ?? answer.id);
  const prompt = await conversations.message(principal, conversationId, promptId);
  return {
    conversationId,
    userMessageId: prompt.id,
    parts: prompt.parts,
    ...(answer.runId === undefined ? {} : { retriedRunId: answer.runId }),
    ...(prompt.parentId === undefined ? {} : { parentId: prompt.parentId }),
  };
}

/**
 * Where the answer to a request belongs.
 * @throws CONVERSATIONS_NOT_FOUND, CONVERSATIONS_MESSAGE_NOT_FOUND, CHAT_RUN_ACTIVE when it follows a running answer.
 */
export async function findTarget(
  conversations: ConversationStore,
  principal: Principal,
  input: SendMessage,
): Promise<SendTarget> {
  const { conversationId: knownId, newConversationId, parentId, messageId, parts = [], retryOf } = input;
  if (knownId !== undefined && retryOf !== undefined) return toRetry(conversations, principal, knownId, retryOf);
  const conversationId = knownId ?? newConversationId ?? newId();
  if (knownId !== undefined) await conversations.get(principal, knownId);
  if (parentId !== undefined) refuseRunning(await conversations.message(principal, conversationId, parentId));
  const userMessageId = messageId ?? newId();
  const follows = parentId === undefined ? {} : { parentId };
  const prompt: NewMessage = { id: userMessageId, conversationId, role: 'user', parts, state: 'complete', ...follows };
  return {
    conversationId,
    userMessageId,
    prompt,
    parts,
    ...follows,
    ...(knownId === undefined ? { newTitle: titleOf(parts) } : {}),
  };
}
