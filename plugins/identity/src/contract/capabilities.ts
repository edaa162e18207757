import { defineCapability } from '@parley/contracts';
import type { HttpExchange, User } from '@parley/contracts';
import * as z from 'zod';

/** Who is about to become a user. */
export interface NewUser {
  readonly email: string;
  readonly name: string;
  /** From the address printed at first start; with the right one the user becomes the admin. */
  readonly setupToken?: string;
}

/** The device a session is opened on. */
export interface Device {
  readonly userAgent: string;
  readonly ip: string;
}

/** What a fresh session gives the browser, beside its cookies. */
export interface SignedIn {
  readonly user: User;
  /** JWT for clients without cookies. Units: valid for `expiresInSeconds`. */
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

/** What sign-in strategies use to make users and open sessions. */
export interface Accounts {
  /** @throws IDENTITY_EMAIL_TAKEN, IDENTITY_SETUP_TOKEN_INVALID */
  createUser(user: NewUser): Promise<User>;
  findByEmail(email: string): Promise<User | undefined>;
  /** Opens a session, sets its cookies on `http`. */
  signIn(user: User, http: HttpExchange): Promise<SignedIn>;
  /** Ends every session of a user, open streams included, except `exceptSessionId`. */
  revokeAll(userId: string, exceptSessionId?: string): Promise<void>;
}

/** What sign-in strategies use to make users and open sessions. */
export const accounts = defineCapability<Accounts>()({
  id: 'accounts',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});
