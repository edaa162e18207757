import { defineErrors } from '@parley/contracts';

/** What can go wrong with speech before a provider is asked. */
export const speechErrors = defineErrors('speech', {
  NO_MODEL: [422, 'No model for this can be used; known are {known}; a key in the settings may make some appear'],
  NOTHING_TO_READ: [422, 'There is no text that could be read aloud'],
  TOO_LONG: [422, 'The text is too long for {model}, which reads {maxCharacters} characters in this form'],
});
