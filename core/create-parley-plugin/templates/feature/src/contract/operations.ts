import { defineContract, Id, op } from '@parley/contracts';
import * as z from 'zod';
import { sampleErrors } from './errors.ts';
import { NewSample, Sample } from './schemas.ts';

/** Reading and writing the own entries; nobody else ever sees them. */
export const sampleContract = defineContract('sample', '1.0.0', {
  list: op({
    method: 'GET',
    path: '/entries',
    access: 'user',
    summary: 'Entries of one conversation, newest first.',
    input: z.object({ conversationId: Id, after: z.string().optional() }),
    output: z.object({ items: z.array(Sample), next: z.string().optional() }),
  }),
  create: op({
    method: 'POST',
    path: '/entries',
    access: 'user',
    status: 201,
    summary: 'Writes an entry.',
    input: NewSample,
    output: Sample,
    errors: [sampleErrors.TOO_MANY],
  }),
  remove: op({
    method: 'DELETE',
    path: '/entries/:conversationId/:id',
    access: 'user',
    summary: 'Deletes an entry.',
    input: z.object({ conversationId: Id, id: Id }),
    output: z.void(),
    status: 204,
    errors: [sampleErrors.NOT_FOUND],
  }),
});
