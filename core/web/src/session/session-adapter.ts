import type { User } from '@parley/contracts';

/** How sessions of this installation work; the plugin that keeps them provides it in `start(host)`. */
export interface SessionAdapter {
  /** The signed-in user, if there is one. */
  load(): Promise<User | undefined>;
  /**
   * Renews the session; nobody, or an error of status 401, when it is over. It must call with a client of its own, made by `createClient` of
   * `@parley/web/client`: the host's clients would ask for a renewal again.
   */
  renew(): Promise<User | undefined>;
  /** Ends the session. */
  signOut(): Promise<void>;
}

/** Who is signed in. */
export interface SessionState {
  readonly status: 'loading' | 'signed-in' | 'signed-out';
  /** After an end by time, still who it was, so that the page stays until they sign in again. */
  readonly user: User | undefined;
  /** The session ended by itself; drafts are kept and the shell asks to sign in again. */
  readonly isExpired: boolean;
}

/** The session of this tab, in step with other tabs. */
export interface Session {
  readonly state: SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Says how sessions work; one at a time. Returns the undo. */
  use(adapter: SessionAdapter): () => void;
  /** A sign-in or sign-up succeeded. */
  signedIn(user: User): void;
  /** The user changed, a new name for example. */
  update(user: User): void;
  /**
   * Renews once for all who ask at the same time, over all tabs; whether there is a session now. Where the session is
   * over it waits for the person to sign in again (true) or to sign out (false).
   */
  renew(): Promise<boolean>;
  /** Ends the session here and in every other tab. */
  signOut(): Promise<void>;
}
