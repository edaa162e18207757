import { defineErrors } from '@parley/contracts';

/** What can go wrong with X-rays. */
export const xrayErrors = defineErrors('xray', {
  NOT_FOUND: [
    404,
    'There is no X-ray of message {messageId}; they are kept {keepDays} days, and only of your own answers',
  ],
});
