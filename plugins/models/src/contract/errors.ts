import { defineErrors } from '@parley/contracts';

/** What can go wrong with models and what operators say about them. */
export const modelsErrors = defineErrors('models', {
  UNKNOWN: [422, 'Model {model} does not exist; known models: {known}'],
  NOT_ALLOWED: [403, 'Model {model} can not be used: {reason}'],
  NO_PROVIDER: [404, 'There is no provider {provider}'],
  CHANGED: [409, 'Somebody else has changed this meanwhile; look at it again and repeat your change'],
});
