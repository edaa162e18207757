import { Conversation, defineSlot } from '@parley/contracts';
import * as z from 'zod';

/** A small mark at the start of a conversation's row, in the place of its dot. */
export const conversationRowMark = defineSlot({
  id: 'conversation.row.mark',
  arity: 'many',
  summary: 'A small mark at the start of a row of the conversation list.',
  props: z.object({ conversation: Conversation }),
});
