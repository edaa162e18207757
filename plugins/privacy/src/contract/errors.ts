import { defineErrors } from '@parley/contracts';

/** What can go wrong when people take their data or leave. */
export const privacyErrors = defineErrors('privacy', {
  WRONG_PASSWORD: [422, 'The password is wrong'],
  NO_PROOF: [
    409,
    'You do not sign in with a password, so it can not be asked for; an administrator can delete your account',
  ],
  LAST_ADMINISTRATOR: [
    409,
    'Nobody else administers this server; say that it may be left without an administrator, or stay',
  ],
  OWN_ACCOUNT: [409, 'This is your own account; delete it in your settings, where the password is asked for'],
  USER_NOT_FOUND: [404, 'There is no user {id}'],
  TOO_LARGE: [507, 'An export holds at most 4 GB in 65 535 files; this one is larger'],
});
