import { defineEntity } from '@parley/contracts';
import { NewNote } from '../contract/index.ts';

/** A note as the store keeps it. */
export const noteEntity = defineEntity({
  name: 'note',
  schema: NewNote,
  version: 1,
  scope: 'user',
  parent: 'conversationId',
  indexes: [{ fields: ['conversationId', 'createdAt'] }],
  search: ['text'],
});
