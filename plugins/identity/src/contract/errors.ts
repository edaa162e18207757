import { defineErrors } from '@parley/contracts';

/** What can go wrong with users and sessions. */
export const identityErrors = defineErrors('identity', {
  SIGNED_OUT: [401, 'The session has ended; sign in again'],
  REFRESH_REUSED: [401, 'The refresh token was used before, so the session has ended; sign in again'],
  EMAIL_TAKEN: [409, 'There is already an account with this e-mail address; sign in instead'],
  SETUP_TOKEN_INVALID: [403, 'The setup link is not valid any more; use the one printed at the last start'],
  SESSION_NOT_FOUND: [404, 'There is no session {id}'],
});
