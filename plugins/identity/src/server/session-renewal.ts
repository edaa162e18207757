import { isAppError } from '@parley/contracts';
import type { HttpExchange } from '@parley/contracts';
import type { Clock, Logger } from '@parley/kernel';
import { identityErrors } from '../contract/index.ts';
import type { SessionFields, SessionRecord, SessionStore } from './entities.ts';
import { nextSecret } from './refresh-tokens.ts';
import type { RefreshToken } from './refresh-tokens.ts';
import { hashSecret, isSameHash } from './secrets.ts';

/** What renewing works with. */
export interface RenewalDeps {
  readonly sessions: SessionStore;
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly log: Logger;
  readonly findAlive: (sessionId: string) => Promise<SessionRecord | undefined>;
  /** What every use of a session writes down: device, address, times. */
  readonly touch: (session: SessionRecord, http: HttpExchange) => Partial<SessionFields>;
  readonly end: (sessionId: string) => Promise<void>;
}

/** A renewed session and the secret of its new refresh token. */
export interface Renewed {
  readonly session: SessionRecord;
  readonly secret: string;
}

/** Tabs that renew with the same token within this time are one browser; a later one holds a copy. */
const GRACE_MS = 10_000;
const MAX_ATTEMPTS = 5;

/**
 * Trades a refresh token for its successor.
 * - The token in force: it becomes the previous one, its successor comes into force.
 * - The previous one within ten seconds: the same successor again; nothing is written.
 * - Any other for a living session: somebody kept a token that was traded in, so the session ends for everybody.
 * @throws IDENTITY_SIGNED_OUT, IDENTITY_REFRESH_REUSED
 */
export function createRenewal(deps: RenewalDeps): (token: RefreshToken, http: HttpExchange) => Promise<Renewed> {
  const { sessions, key, clock, log, findAlive, touch, end } = deps;

  /** One attempt; `undefined` when another request changed the session meanwhile. */
  async function attempt({ sessionId, secret }: RefreshToken, http: HttpExchange): Promise<Renewed | undefined> {
    const session = await findAlive(sessionId);
    if (!session) throw identityErrors.SIGNED_OUT();
    const hash = hashSecret(secret);
    const successor = nextSecret(key, secret);
    if (isSameHash(hash, session.tokenHash)) {
      const rotated = await updateUnlessChanged(sessions, session, {
        ...touch(session, http),
        rotatedAt: new Date(clock.now()).toISOString(),
        previousTokenHash: hash,
        tokenHash: hashSecret(successor),
      });
      return rotated && { session: rotated, secret: successor };
    }
    const isGrace = clock.now() - Date.parse(session.rotatedAt) <= GRACE_MS;
    if (isGrace && isSameHash(hash, session.previousTokenHash)) return { session, secret: successor };
    await end(session.id);
    log.warn('A refresh token was used twice, so its session has ended', { sessionId, userId: session.ownerId });
    throw identityErrors.REFRESH_REUSED();
  }

  return async (token, http) => {
    for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
      const renewed = await attempt(token, http);
      if (renewed) return renewed;
    }
    throw identityErrors.SIGNED_OUT();
  };
}

async function updateUnlessChanged(
  store: SessionStore,
  session: SessionRecord,
  patch: Partial<SessionFields>,
): Promise<SessionRecord | undefined> {
  try {
    return await store.update(session.id, patch, session.rev);
  } catch (error) {
    if (isAppError(error, 'STORAGE_CONFLICT') || isAppError(error, 'STORAGE_NOT_FOUND')) return undefined;
    throw error;
  }
}
