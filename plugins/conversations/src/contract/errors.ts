import { defineErrors } from '@parley/contracts';

/** What can go wrong with conversations and messages. */
export const conversationErrors = defineErrors('conversations', {
  NOT_FOUND: [404, 'There is no conversation {id}'],
  MESSAGE_NOT_FOUND: [404, 'There is no message {id} in this conversation'],
  MESSAGE_FINAL: [409, 'Message {id} is final; an edit or a retry is a new message beside it'],
  CHANGED: [409, 'The conversation was changed elsewhere; take its current state from details.current and try again'],
});
