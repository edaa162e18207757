import { defineContract, op, User } from '@parley/contracts';
import * as z from 'zod';
import { authLocalErrors } from './errors.ts';

const SignedIn = z.object({ user: User, accessToken: z.string(), expiresInSeconds: z.number() });

/** Sign-up and sign-in with e-mail and password; both open a session and set its cookies. */
export const authLocalContract = defineContract('auth-local', '1.0.0', {
  status: op({
    method: 'GET',
    path: '/api/auth/local',
    access: 'public',
    summary: 'Whether people may sign up.',
    input: z.object({}),
    output: z.object({ signUpOpen: z.boolean(), minPasswordLength: z.number().int() }),
  }),
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
    errors: [authLocalErrors.CLOSED, authLocalErrors.WEAK_PASSWORD, authLocalErrors.TOO_MANY_TRIES],
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
    errors: [authLocalErrors.WRONG_CREDENTIALS, authLocalErrors.WEAK_PASSWORD],
  }),
});
