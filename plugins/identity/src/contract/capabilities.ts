import { defineCapability } from '@parley/contracts';
import type { HttpExchange, Principal, User } from '@parley/contracts';
import * as z from 'zod';
import type { SignedIn } from './operations.ts';

/** Who is about to become a user. */
export interface NewUser {
  /** A UUIDv7 made by the caller, when it has to keep something under it first. */
  readonly id?: string;
  readonly email: string;
  readonly name: string;
  /** From the address printed at the start; with the right one the user becomes the administrator. */
  readonly setupToken?: string;
}

/** A passport strategy, as `passport-local`, `passport-openidconnect` and the others export it. */
export interface PassportStrategy {
  authenticate(request: never, options?: never): unknown;
}

/** What a strategy may look at. */
export interface StrategyRequest {
  readonly http: HttpExchange;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** How a strategy decided. `user` is what its verify function gave; `url` is where the browser must go next. */
export type StrategyOutcome =
  | { readonly kind: 'success'; readonly user: unknown }
  | { readonly kind: 'failure'; readonly challenge: unknown }
  | { readonly kind: 'redirect'; readonly url: string };

/** What sign-in strategies use to authenticate, to make users and to open sessions. */
export interface Accounts {
  /** Runs a passport strategy against one request. @throws what the strategy reports as an error */
  authenticate(strategy: PassportStrategy, request: StrategyRequest): Promise<StrategyOutcome>;
  /** @throws IDENTITY_EMAIL_TAKEN, IDENTITY_SETUP_TOKEN_INVALID */
  createUser(user: NewUser): Promise<User>;
  find(userId: string): Promise<User | undefined>;
  /** Letter case and blanks around the address make no difference. */
  findByEmail(email: string): Promise<User | undefined>;
  /** Everybody who is an administrator. Shape: at most 100. */
  administrators(): Promise<readonly User[]>;
  /** Opens a session in place of the one the browser had, and sets its cookies on `http`. */
  signIn(user: User, http: HttpExchange): Promise<SignedIn>;
  /** Forgets the session in the browser that asks. */
  signOut(http: HttpExchange): void;
  /**
   * Ends every session of a user except `exceptSessionId`: at once on this node with every stream that is open for them;
   * on others within five seconds, and streams with their next heartbeat.
   */
  revokeAll(userId: string, exceptSessionId?: string): Promise<void>;
}

/** What sign-in strategies use to authenticate, to make users and to open sessions. */
export const accounts = defineCapability<Accounts>()({
  id: 'accounts',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});

/** What a sign-in strategy says of a proof. `unknown`: this person does not sign in with it. */
export type ProofOutcome = 'right' | 'wrong' | 'unknown';

/** Asks somebody who has signed in to prove it once more, before something that can not be taken back. */
export interface IdentityProof {
  /** Counts as a try to sign in. @throws what the strategy says of too many tries */
  check(principal: Principal, password: string, http: HttpExchange): Promise<ProofOutcome>;
}

/** How people prove once more who they are; one for each sign-in strategy that can ask. */
export const identityProof = defineCapability<IdentityProof>()({
  id: 'identity-proof',
  version: '1.0.0',
  arity: 'many',
  descriptor: z.object({}),
});
