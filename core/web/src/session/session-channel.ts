import type { User } from '@parley/contracts';

/** What one tab tells the others. */
export type SessionMessage = { readonly type: 'signed-in'; readonly user: User } | { readonly type: 'signed-out' };

/** What the tabs of one browser share about the session. It holds no secret: those are in cookies no script can read. */
export interface SessionChannel {
  send(message: SessionMessage): void;
  onMessage(handler: (message: SessionMessage) => void): void;
  /** Runs `work` while no other tab does. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** Remembers whether there is a session, so that a visitor without one causes no failing request. */
  keep(hasSession: boolean): void;
  hadSession(): boolean;
  /** Remembers that the session was renewed now. */
  renewed(): void;
  /** When any tab last renewed, milliseconds since 1970. */
  renewedAt(): number;
}

const HAD_SESSION = 'ui:session';
const RENEWED_AT = 'ui:session-renewed-at';

/** Whether this browser had a session when it was last seen. */
export const hadSession = (storage: Storage = localStorage): boolean => storage.getItem(HAD_SESSION) === '1';

/** The channel between the tabs of a browser. */
export function createBrowserChannel(storage: Storage = localStorage): SessionChannel {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('parley-session');
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target origin
    send: (message) => channel?.postMessage(message),
    onMessage: (handler) =>
      channel?.addEventListener('message', ({ data }: MessageEvent<SessionMessage>) => handler(data)),
    exclusive: (work) => ('locks' in navigator ? navigator.locks.request('parley-session', work) : work()),
    keep: (hasSession) => (hasSession ? storage.setItem(HAD_SESSION, '1') : storage.removeItem(HAD_SESSION)),
    hadSession: () => hadSession(storage),
    renewed: () => storage.setItem(RENEWED_AT, String(Date.now())),
    renewedAt: () => Number(storage.getItem(RENEWED_AT) ?? 0),
  };
}
