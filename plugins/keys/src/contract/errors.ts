import { defineErrors } from '@parley/contracts';

/** What can go wrong with keys. */
export const keysErrors = defineErrors('keys', {
  UNKNOWN_PROVIDER: [404, 'No provider {provider} takes keys here; those that do: {known}'],
  NOT_SET: [404, 'There is no key for {provider}'],
  INVALID: [422, 'The fields do not fit what {provider} asks for: {reason}'],
  REFUSED: [422, '{provider} refused the key; nothing was saved'],
});
