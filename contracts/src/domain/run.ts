import * as z from 'zod';
import { Id } from './ids.ts';
import { Problem } from './problem.ts';
import { Usage } from './usage.ts';

/** States of a run; the last four are final, and a run reaches exactly one of them. */
export const RunState = z.enum(['queued', 'running', 'waiting', 'completed', 'failed', 'stopped', 'interrupted']);
export type RunState = z.output<typeof RunState>;

/** Whether a run in this state will never change again. */
export const isFinal = (state: RunState): boolean => state !== 'queued' && state !== 'running' && state !== 'waiting';

/** One generation: an append-only log of events that becomes one message. */
export const Run = z.object({
  /** Also the stream's id; never reused. */
  id: Id,
  conversationId: Id,
  /** The prompt it answers. */
  userMessageId: Id,
  /** The message it becomes. */
  messageId: Id,
  /** Who answers or answered, `provider/model`. */
  model: z.string(),
  /** What was picked, where another model answered. */
  wanted: z.string().optional(),
  state: RunState,
  usage: Usage.optional(),
  error: Problem.optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Run = z.output<typeof Run>;
