import { Conversation, defineContract, Id, Message, op } from '@parley/contracts';
import * as z from 'zod';
import { conversationErrors } from './errors.ts';

const limit = z.coerce.number().int().min(1).max(100).default(50);

/** A person's conversations and the messages in them. */
export const conversationsContract = defineContract('conversations', '1.0.0', {
  list: op({
    method: 'GET',
    path: '/api/convos',
    access: 'user',
    summary: 'Conversations, latest first; pinned ones are a list of their own.',
    input: z.object({
      after: z.string().optional(),
      limit,
      archived: z.stringbool().default(false).describe('Archived ones instead of the others.'),
      pinned: z.stringbool().optional().describe('Only pinned, or only unpinned ones.'),
    }),
    output: z.object({ items: z.array(Conversation), next: z.string().optional() }),
  }),
  get: op({
    method: 'GET',
    path: '/api/convos/:id',
    access: 'user',
    input: z.object({ id: Id }),
    output: Conversation,
    errors: [conversationErrors.NOT_FOUND],
  }),
  update: op({
    method: 'PATCH',
    path: '/api/convos/:id',
    access: 'user',
    summary: 'Renames, pins, archives, or remembers the leaf looked at.',
    input: z.object({
      id: Id,
      title: z.string().trim().min(1).max(200).optional(),
      pinned: z.boolean().optional(),
      archived: z.boolean().optional(),
      leafId: Id.optional(),
      rev: z
        .number()
        .int()
        .min(1)
        .optional()
        .describe('Revision the change is based on; a newer one gives 409 with the current state.'),
    }),
    output: Conversation,
    errors: [conversationErrors.NOT_FOUND, conversationErrors.CHANGED],
  }),
  remove: op({
    method: 'DELETE',
    path: '/api/convos/:id',
    access: 'user',
    summary: 'Deletes a conversation and its messages.',
    input: z.object({ id: Id }),
    output: z.void(),
    status: 204,
    errors: [conversationErrors.NOT_FOUND],
  }),
  messages: op({
    method: 'GET',
    path: '/api/messages/:conversationId',
    access: 'user',
    summary: 'Every message of the tree, oldest first, in pages.',
    input: z.object({
      conversationId: Id,
      after: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(500),
    }),
    output: z.object({ items: z.array(Message), next: z.string().optional() }),
    errors: [conversationErrors.NOT_FOUND],
  }),
});
