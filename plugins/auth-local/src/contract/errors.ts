import { defineErrors } from '@parley/contracts';

/** What can go wrong with passwords. */
export const authLocalErrors = defineErrors('auth-local', {
  WRONG_CREDENTIALS: [401, 'E-mail address or password is wrong'],
  WRONG_PASSWORD: [422, 'The current password is wrong'],
  CLOSED: [403, 'Sign-up is closed on this server; ask its administrator for an account'],
  WEAK_PASSWORD: [422, '{reason}'],
  TOO_MANY_TRIES: [429, 'Too many tries; wait {retryAfterSeconds} s'],
  BUSY: [503, 'Too many people are signing in at this moment; try again in a few seconds'],
});
