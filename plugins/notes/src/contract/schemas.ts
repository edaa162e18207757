import { Id } from '@parley/contracts';
import * as z from 'zod';

/** What a person writes down. Units: characters. */
export const NewNote = z.object({
  conversationId: Id,
  text: z.string().trim().min(1).max(10_000),
});
export type NewNote = z.output<typeof NewNote>;

/** A private note beside a conversation. Units: times are ISO 8601 UTC. */
export const Note = NewNote.extend({
  id: Id,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  rev: z.number().int().min(1),
});
export type Note = z.output<typeof Note>;
