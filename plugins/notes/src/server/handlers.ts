import type { Handlers } from '@parley/contracts';
import type { notesContract } from '../contract/index.ts';
import type { NoteService } from './service.ts';

/** One function per operation: call the service, reply. */
export const createHandlers = (service: NoteService): Handlers<typeof notesContract.operations> => ({
  list: (input, { principal }) =>
    service.list(principal, input).then(({ items, next }) => ({ items: [...items], next })),
  create: (input, { principal }) => service.create(principal, input),
  update: (input, { principal }) => service.update(principal, input),
  remove: (note, { principal }) => service.remove(principal, note),
});
