import { defineContract, Id, op, Session, User } from '@parley/contracts';
import * as z from 'zod';
import { identityErrors } from './errors.ts';

/** What a fresh session gives, beside its cookies. */
export const SignedIn = z.object({
  user: User,
  /** JWT for clients without cookies, sent as `Authorization: Bearer`. */
  accessToken: z.string(),
  /** How long the access token is valid. */
  expiresInSeconds: z.number().int(),
});
export type SignedIn = z.output<typeof SignedIn>;

/** Permission to see who has an account. */
export const USERS_VIEW = 'identity.users.view';

/** Who is signed in, and where. */
export const identityContract = defineContract('identity', '1.0.0', {
  me: op({
    method: 'GET',
    path: '/api/auth/me',
    access: 'public',
    summary: 'The signed-in user, or nobody.',
    input: z.object({}),
    output: z.object({ user: User.optional() }),
  }),
  updateMe: op({
    method: 'PATCH',
    path: '/api/auth/me',
    access: 'user',
    summary: 'Changes the own name.',
    input: z.object({ name: z.string().trim().min(1).max(100) }),
    output: User,
  }),
  refresh: op({
    method: 'POST',
    path: '/api/auth/refresh',
    access: 'public',
    summary: 'Trades the refresh cookie for a new access token and the next refresh cookie.',
    input: z.object({}),
    output: SignedIn,
    errors: [identityErrors.SIGNED_OUT, identityErrors.REFRESH_REUSED],
  }),
  signOut: op({
    method: 'POST',
    path: '/api/auth/logout',
    access: 'public',
    summary: 'Ends the own session.',
    input: z.object({}),
    output: z.void(),
    status: 204,
  }),
  sessions: op({
    method: 'GET',
    path: '/api/auth/sessions',
    access: 'user',
    summary: 'The devices the user is signed in on, latest first.',
    input: z.object({}),
    output: z.object({ items: z.array(Session) }),
  }),
  revokeSession: op({
    method: 'DELETE',
    path: '/api/auth/sessions/:id',
    access: 'user',
    summary: 'Signs one device out.',
    input: z.object({ id: Id }),
    output: z.void(),
    status: 204,
    errors: [identityErrors.SESSION_NOT_FOUND],
  }),
  users: op({
    method: 'GET',
    path: '/api/auth/users',
    access: { permission: USERS_VIEW },
    summary: 'Everybody who has an account, the oldest first.',
    input: z.object({ after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.object({ items: z.array(User), next: z.string().optional() }),
  }),
  revokeOtherSessions: op({
    method: 'DELETE',
    path: '/api/auth/sessions',
    access: 'user',
    summary: 'Signs every other device out.',
    input: z.object({}),
    output: z.void(),
    status: 204,
  }),
});
