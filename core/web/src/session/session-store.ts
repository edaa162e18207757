import { isAppError, type User } from '@parley/contracts';
import type { Session, SessionAdapter, SessionState } from './session-adapter.ts';
import type { SessionChannel } from './session-channel.ts';

const LOADING: SessionState = { status: 'loading', user: undefined, isExpired: false };
const nobodyWhenOver = (error: unknown): undefined => {
  if (isAppError(error) && error.status === 401) return undefined;
  throw error;
};
const SIGNED_OUT: SessionState = { status: 'signed-out', user: undefined, isExpired: false };

/** The session of one tab. One renewal runs at a time, in this tab by a shared promise, over tabs by a lock. */
export class SessionStore implements Session {
  state: SessionState = LOADING;
  readonly #channel: SessionChannel;
  readonly #listeners = new Set<() => void>();
  #adapter: SessionAdapter | undefined;
  #renewal: Promise<boolean> | undefined;
  #untilReturn: ((isBack: boolean) => void)[] = [];

  constructor(channel: SessionChannel) {
    this.#channel = channel;
    channel.onMessage((message) => {
      if (message.type === 'signed-in') this.#set({ status: 'signed-in', user: message.user, isExpired: false });
      else this.#set(SIGNED_OUT);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  use(adapter: SessionAdapter): () => void {
    this.#adapter = adapter;
    return () => {
      if (this.#adapter === adapter) this.#adapter = undefined;
    };
  }

  /** Finds out who is signed in; where the access has run out it renews, if this browser had a session. */
  async load(): Promise<void> {
    const user = await this.#adapter?.load();
    if (user) this.#set({ status: 'signed-in', user, isExpired: false });
    else if (!this.#channel.hadSession() || !(await this.renew())) this.#end(false);
    if (user) this.#channel.keep(true);
  }

  signedIn(user: User): void {
    this.#set({ status: 'signed-in', user, isExpired: false });
    this.#channel.keep(true);
    this.#channel.send({ type: 'signed-in', user });
  }

  update(user: User): void {
    if (this.state.status === 'signed-in') this.signedIn(user);
  }

  renew(): Promise<boolean> {
    if (this.state.status === 'signed-out') return Promise.resolve(false);
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal.then((isRenewed) => isRenewed || this.#returned());
  }

  async signOut(): Promise<void> {
    await this.#adapter?.signOut();
    this.#end(false);
    this.#channel.send({ type: 'signed-out' });
  }

  async #renewOnce(): Promise<boolean> {
    const asked = Date.now();
    return this.#channel.exclusive(async () => {
      // Another tab may have renewed while this one waited; the cookies are the same for both.
      if (this.state.status === 'signed-in' && this.#channel.renewedAt() >= asked) return true;
      const user = await this.#adapter?.renew().catch(nobodyWhenOver);
      if (user) {
        this.#channel.renewed();
        this.#set({ status: 'signed-in', user, isExpired: false });
        return true;
      }
      this.#end(this.state.status === 'signed-in');
      return false;
    });
  }

  /** Requests that met the end of the session wait for the person: they go on after the sign-in, fail after a sign-out. */
  #returned(): Promise<boolean> {
    if (!this.state.isExpired) return Promise.resolve(this.state.status === 'signed-in');
    return new Promise((resolve) => this.#untilReturn.push(resolve));
  }

  #end(isExpired: boolean): void {
    this.#channel.keep(false);
    this.#set({ status: 'signed-out', user: isExpired ? this.state.user : undefined, isExpired });
  }

  #set(state: SessionState): void {
    this.state = state;
    if (!state.isExpired) for (const resolve of this.#untilReturn.splice(0)) resolve(state.status === 'signed-in');
    for (const listener of this.#listeners) listener();
  }
}
