import { defineContract, Id, op } from '@parley/contracts';
import * as z from 'zod';
import { notesErrors } from './errors.ts';
import { NewNote, Note } from './schemas.ts';

/** Reading and writing the own notes; nobody else ever sees them. */
export const notesContract = defineContract('notes', '1.0.0', {
  list: op({
    method: 'GET',
    path: '/notes',
    access: 'user',
    summary: 'Notes of one conversation, newest first.',
    input: z.object({
      conversationId: Id,
      after: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ items: z.array(Note), next: z.string().optional() }),
  }),
  create: op({
    method: 'POST',
    path: '/notes',
    access: 'user',
    status: 201,
    summary: 'Writes a note.',
    input: NewNote,
    output: Note,
    errors: [notesErrors.TOO_MANY],
  }),
  update: op({
    method: 'PATCH',
    path: '/notes/:conversationId/:id',
    access: 'user',
    summary: 'Changes the text of a note.',
    input: NewNote.extend({ id: Id, rev: Note.shape.rev }),
    output: Note,
    errors: [notesErrors.NOT_FOUND, notesErrors.CHANGED],
  }),
  remove: op({
    method: 'DELETE',
    path: '/notes/:conversationId/:id',
    access: 'user',
    summary: 'Deletes a note.',
    input: z.object({ conversationId: Id, id: Id }),
    output: z.void(),
    status: 204,
    errors: [notesErrors.NOT_FOUND],
  }),
});
