import { defineErrors } from '@parley/contracts';

/** What can go wrong with notes. */
export const notesErrors = defineErrors('notes', {
  NOT_FOUND: [404, 'There is no note {id}'],
  TOO_MANY: [422, 'A conversation holds at most {limit} notes; delete one first'],
});
