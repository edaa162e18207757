/** Conversations and their message trees. */
export { conversationStore } from './capabilities.ts';
export type { ConversationChange, ConversationStore, NewMessage } from './capabilities.ts';
export { conversationErrors } from './errors.ts';
export { conversationCreated, conversationDeleted, conversationUpdated } from './hooks.ts';
export { conversationsContract } from './operations.ts';
export { conversationRowMark } from './slots.ts';
