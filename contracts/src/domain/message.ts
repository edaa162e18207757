import * as z from 'zod';
import { Id } from './ids.ts';
import { Part } from './part.ts';
import { Problem } from './problem.ts';
import { Usage } from './usage.ts';

/** How far a message has come; only `running` ever changes. */
export const MessageState = z.enum(['running', 'complete', 'failed', 'stopped', 'interrupted']);
export type MessageState = z.output<typeof MessageState>;

/**
 * Words for the person about how an answer came to be: what was converted or left out for its model, why another model
 * answered.
 */
export const Notice = z.object({
  level: z.enum(['info', 'warning']),
  text: z.string(),
  /** How many parts of the message stand before it. */
  place: z.number().int().min(0),
});
export type Notice = z.output<typeof Notice>;

/** One node of a conversation's tree. Append-only: an edit or a retry is a sibling with the same parent. */
export const Message = z.object({
  id: Id,
  conversationId: Id,
  /** Absent on the first message of a branch from the root. */
  parentId: Id.optional(),
  role: z.enum(['user', 'assistant', 'system']),
  parts: z.array(Part),
  state: MessageState,
  /** `provider/model` that wrote it; answers only. */
  model: z.string().optional(),
  /** What was picked, where another model answered. */
  wanted: z.string().optional(),
  /** The run that writes or wrote it; answers only. */
  runId: Id.optional(),
  usage: Usage.optional(),
  /** In the order they came; answers only. */
  notices: z.array(Notice).optional(),
  /** Why it failed. */
  error: Problem.optional(),
  createdAt: z.iso.datetime(),
});
export type Message = z.output<typeof Message>;
