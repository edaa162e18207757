import { defineErrors } from '@parley/contracts';

/** What can go wrong with conversations and messages. */
export const conversationErrors = defineErrors('conversations', {
  NOT_FOUND: [404, 'There is no conversation {id}'],
  MESSAGE_NOT_FOUND: [404, 'There is no message {id} in this conversation'],
  CHANGED: [409, 'The conversation was changed elsewhere; it is now {current}'],
});
