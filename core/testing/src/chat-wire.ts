import { defineContract, Id, Message, op, Part, RunEvent, sse } from '@parley/contracts';
import * as z from 'zod';

/** What a test asks of a chat over HTTP: core stands below the plugins, so it names the paths and not their contract. */
export const chatWire = defineContract('chat', '1.0.0', {
  send: op({
    method: 'POST',
    path: '/api/agents/chat',
    access: 'user',
    status: 202,
    headers: { idempotencyKey: 'idempotency-key' },
    input: z.object({
      idempotencyKey: z.uuid(),
      model: z.string(),
      parts: z.array(Part),
      conversationId: Id.optional(),
      parentId: Id.optional(),
    }),
    output: z.object({ streamId: Id, runId: Id, conversationId: Id, messageId: Id }),
  }),
  stream: sse({
    method: 'GET',
    path: '/api/agents/chat/stream/:streamId',
    access: 'user',
    input: z.object({ streamId: Id }),
    output: RunEvent,
  }),
  abort: op({
    method: 'POST',
    path: '/api/agents/chat/:runId/abort',
    access: 'user',
    input: z.object({ runId: Id }),
    output: z.unknown(),
  }),
  messages: op({
    method: 'GET',
    path: '/api/messages/:conversationId',
    access: 'user',
    input: z.object({ conversationId: Id, after: z.string().optional() }),
    output: z.object({ items: z.array(Message), next: z.string().optional() }),
  }),
});
