import { defineContract, Id, op, Part, Run, RunEvent, sse } from '@parley/contracts';
import { modelsErrors } from '@parley/plugin-models/contract';
import * as z from 'zod';
import { chatErrors } from './errors.ts';

/** A message to answer. Exactly one of `parts` (say something) and `retryOf` (answer the same prompt again). */
export const SendMessage = z
  .object({
    /** Made by the client, so that a repeated request is the same one. A UUID. */
    idempotencyKey: z.uuid(),
    /** A new conversation without it; then the id may still be chosen by the client through `newConversationId`. */
    conversationId: Id.optional(),
    newConversationId: Id.optional(),
    /** The message this one follows; the start of a new branch without it. */
    parentId: Id.optional(),
    /** Id of the new user message, made by the client. */
    messageId: Id.optional(),
    parts: z.array(Part).min(1).max(50).optional(),
    /** The answer to write again, as a sibling. */
    retryOf: Id.optional(),
    /** `provider/model`. */
    model: z.string().min(1).max(300),
    /** Provider parameters, validated by the provider's own schema. With `retryOf`, those of that answer unless given. */
    parameters: z.record(z.string(), z.unknown()).optional(),
    /** What the provider is to do by itself, such as `web-search`. With `retryOf`, as that answer had it unless given. */
    builtInTools: z.array(z.string().min(1).max(100)).max(20).optional(),
  })
  .refine((message) => (message.parts === undefined) !== (message.retryOf === undefined), {
    message: 'Give either parts, to say something, or retryOf, to answer the same prompt again',
    path: ['parts'],
  })
  .refine(({ conversationId, parentId, retryOf }) => conversationId !== undefined || (!parentId && !retryOf), {
    message: 'Name the conversation that parentId or retryOf belongs to',
    path: ['conversationId'],
  });
export type SendMessage = z.output<typeof SendMessage>;

/** Where the answer will be. */
export const RunReceipt = z.object({
  /** The run's id; never reused. */
  streamId: Id,
  runId: Id,
  conversationId: Id,
  userMessageId: Id,
  /** The answer's message. */
  messageId: Id,
  /** True when the same request had been accepted before. */
  replayed: z.boolean(),
});
export type RunReceipt = z.output<typeof RunReceipt>;

/** Sending, following and stopping answers. */
export const chatContract = defineContract('chat', '1.0.0', {
  send: op({
    method: 'POST',
    path: '/api/agents/chat',
    access: 'user',
    status: 202,
    summary: 'Saves the message and starts the answer; repeating it with the same Idempotency-Key gives the same run.',
    headers: { idempotencyKey: 'idempotency-key' },
    input: SendMessage,
    output: RunReceipt,
    errors: [
      modelsErrors.UNKNOWN,
      modelsErrors.NOT_ALLOWED,
      chatErrors.KEY_REUSED,
      chatErrors.RUN_ACTIVE,
      chatErrors.NOT_ADMITTED,
      chatErrors.DRAINING,
    ],
  }),
  stream: sse({
    method: 'GET',
    path: '/api/agents/chat/stream/:streamId',
    access: 'user',
    summary: 'The events of a run from any position; 204 once there is nothing after it.',
    headers: { lastEventId: 'last-event-id' },
    input: z.object({ streamId: Id, lastEventId: z.coerce.number().int().min(0).optional() }),
    output: RunEvent,
    eventId: 'seq',
    eventName: 'type',
    errors: [chatErrors.RUN_NOT_FOUND],
  }),
  abort: op({
    method: 'POST',
    path: '/api/agents/chat/:runId/abort',
    access: 'user',
    summary: 'Stops the answer and keeps what is written; may be repeated.',
    input: z.object({ runId: Id }),
    output: Run,
    errors: [chatErrors.RUN_NOT_FOUND],
  }),
  run: op({
    method: 'GET',
    path: '/api/agents/chat/runs/:runId',
    access: 'user',
    input: z.object({ runId: Id }),
    output: Run,
    errors: [chatErrors.RUN_NOT_FOUND],
  }),
  activeRuns: op({
    method: 'GET',
    path: '/api/agents/chat/active',
    access: 'user',
    summary: 'Running answers of the user, of one conversation when named.',
    input: z.object({ conversationId: Id.optional() }),
    output: z.object({ items: z.array(Run) }),
  }),
});
