import * as z from 'zod';
import { Id } from './ids.ts';

/** A thread of work: a named tree of messages. */
export const Conversation = z.object({
  id: Id,
  title: z.string().max(200),
  pinned: z.boolean(),
  archived: z.boolean(),
  /** Model the next message goes to unless another is picked; `provider/model`. */
  model: z.string().optional(),
  /** Leaf of the branch last looked at. */
  leafId: Id.optional(),
  /** When a message was last added. ISO 8601, UTC. */
  lastMessageAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  rev: z.number().int().min(1),
});
export type Conversation = z.output<typeof Conversation>;
