import { defineErrors } from '@parley/contracts';

/** What can go wrong. */
export const sampleErrors = defineErrors('sample', {
  NOT_FOUND: [404, 'There is no entry {id}'],
  TOO_MANY: [422, 'A conversation holds at most {limit} entries; delete one first'],
});
