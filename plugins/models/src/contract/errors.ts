import { defineErrors } from '@parley/contracts';

/** What can go wrong with the choice of a model. */
export const modelsErrors = defineErrors('models', {
  UNKNOWN: [422, 'Model {model} does not exist; known models: {known}'],
});
