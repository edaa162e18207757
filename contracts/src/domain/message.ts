import * as z from 'zod';
import { Id } from './ids.ts';
import { Part } from './part.ts';
import { Problem } from './problem.ts';
import { Usage } from './usage.ts';

/** How far a message has come; only `running` ever changes. */
export const MessageState = z.enum(['running', 'complete', 'failed', 'stopped', 'interrupted']);
export type MessageState = z.output<typeof MessageState>;

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
  /** The run that writes or wrote it; answers only. */
  runId: Id.optional(),
  usage: Usage.optional(),
  /** Why it failed. */
  error: Problem.optional(),
  createdAt: z.iso.datetime(),
});
export type Message = z.output<typeof Message>;
