import { Conversation, defineHook, Id } from '@parley/contracts';
import * as z from 'zod';

/** A conversation now exists. */
export const conversationCreated = defineHook({
  id: 'conversation.created',
  kind: 'notify',
  summary: 'A conversation now exists.',
  input: Conversation,
  onError: 'skip',
  timeoutMs: 10_000,
});

/** Title, pin, archive or model of a conversation changed. */
export const conversationUpdated = defineHook({
  id: 'conversation.updated',
  kind: 'notify',
  summary: 'A conversation changed.',
  input: Conversation,
  onError: 'skip',
  timeoutMs: 10_000,
});

/** A conversation and its messages are gone; whoever keeps something beside it removes that. */
export const conversationDeleted = defineHook({
  id: 'conversation.deleted',
  kind: 'notify',
  summary: 'A conversation and its messages are gone.',
  input: z.object({ id: Id, ownerId: Id }),
  onError: 'skip',
  timeoutMs: 10_000,
});
