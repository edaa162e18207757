import { defineErrors } from '@parley/contracts';

/** What can go wrong with notes. */
export const notesErrors = defineErrors('notes', {
  NOT_FOUND: [404, 'There is no note {id}'],
  CHANGED: [409, 'The note was changed elsewhere; take its current state from details.current and try again'],
  TOO_MANY: [422, 'A conversation holds at most {limit} notes; delete one first'],
});
