import { defineCapability } from '@parley/contracts';
import type { Conversation, Message, Principal, Transaction } from '@parley/contracts';
import * as z from 'zod';

/** A message to add; ids are made by the caller so that a repeated request names the same message. */
export type NewMessage = Omit<Message, 'createdAt'>;

/** What a caller's transaction has changed in one conversation. */
export interface ConversationChange {
  readonly conversationId: string;
  /** Whether that transaction created the conversation. */
  readonly isNew: boolean;
  readonly messageIds: readonly string[];
}

/**
 * Conversations and messages for other plugins. `principal` is the owner; a system principal names the owner in
 * `ownerId`. With `tx`, the writes happen in that transaction, and
 * the caller calls `announce` once it has committed.
 */
export interface ConversationStore {
  /** @throws CONVERSATIONS_NOT_FOUND when missing or not the principal's. */
  get(principal: Principal, id: string): Promise<Conversation>;
  create(
    principal: Principal,
    conversation: { readonly id: string; readonly title: string; readonly model?: string },
    tx?: Transaction,
  ): Promise<Conversation>;
  /** @throws CONVERSATIONS_MESSAGE_NOT_FOUND when missing, of another conversation or not the principal's. */
  message(principal: Principal, conversationId: string, messageId: string): Promise<Message>;
  /** The branch that ends at `leafId`, root first. Shape: at most `limit` (1000) messages, the latest. */
  branch(principal: Principal, conversationId: string, leafId: string, limit?: number): Promise<readonly Message[]>;
  /** Adds messages, makes the last one the conversation's leaf. */
  append(
    principal: Principal,
    conversationId: string,
    messages: readonly NewMessage[],
    tx?: Transaction,
  ): Promise<readonly Message[]>;
  /** Tells hooks and open tabs what a committed transaction has changed. */
  announce(principal: Principal, change: ConversationChange): Promise<void>;
  /**
   * Completes a message whose state is `running`; the only change a message ever sees.
   * @throws CONVERSATIONS_MESSAGE_NOT_FOUND, CONVERSATIONS_MESSAGE_FINAL
   */
  finish(
    message: Pick<
      Message,
      'id' | 'conversationId' | 'parts' | 'state' | 'model' | 'wanted' | 'usage' | 'notices' | 'error'
    > & {
      readonly ownerId: string;
    },
    tx?: Transaction,
  ): Promise<void>;
  /** @throws CONVERSATIONS_NOT_FOUND */
  setTitle(principal: Principal, id: string, title: string): Promise<void>;
}

/** Conversations and messages for other plugins. */
export const conversationStore = defineCapability<ConversationStore>()({
  id: 'conversation-store',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});
