import { defineErrors } from '@parley/contracts';

/** What can go wrong with the catalogue. */
export const catalogueErrors = defineErrors('model-catalogue', {
  FILE_INVALID: [500, 'The file of models {path} can not be used: {reason}'],
});
