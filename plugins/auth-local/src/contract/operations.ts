import { defineContract, op } from '@parley/contracts';
import { identityErrors, SignedIn } from '@parley/plugin-identity/contract';
import * as z from 'zod';
import { authLocalErrors } from './errors.ts';

/** Sign-up and sign-in with e-mail and password; both open a session and set its cookies. */
export const authLocalContract = defineContract('auth-local', '1.0.0', {
  signUp: op({
    method: 'POST',
    path: '/api/auth/register',
    access: 'public',
    status: 201,
    summary: 'Makes an account; with the setup token of the first start, the administrator’s.',
    input: z.object({
      email: z.email().max(254),
      name: z.string().trim().min(1).max(100),
      password: z.string().min(1).max(1_000),
      setupToken: z.string().max(200).optional(),
    }),
    output: SignedIn,
    errors: [
      authLocalErrors.CLOSED,
      authLocalErrors.WEAK_PASSWORD,
      authLocalErrors.TOO_MANY_TRIES,
      identityErrors.EMAIL_TAKEN,
      identityErrors.SETUP_TOKEN_INVALID,
    ],
  }),
  signIn: op({
    method: 'POST',
    path: '/api/auth/login',
    access: 'public',
    summary: 'Opens a session.',
    input: z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(1_000) }),
    output: SignedIn,
    errors: [authLocalErrors.WRONG_CREDENTIALS, authLocalErrors.TOO_MANY_TRIES],
  }),
  changePassword: op({
    method: 'POST',
    path: '/api/auth/password',
    access: 'user',
    summary: 'Changes the own password and signs every other device out.',
    input: z.object({ current: z.string().min(1).max(1_000), next: z.string().min(1).max(1_000) }),
    output: z.void(),
    status: 204,
    errors: [authLocalErrors.WRONG_PASSWORD, authLocalErrors.WEAK_PASSWORD, authLocalErrors.TOO_MANY_TRIES],
  }),
});
