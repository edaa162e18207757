import { isAppError, newId } from '@parley/contracts';
import type { HttpExchange, Principal, Session, User } from '@parley/contracts';
import type { Clock, Logger } from '@parley/kernel';
import { identityErrors } from '../contract/index.ts';
import type { Config } from './config.ts';
import { describeDevice } from './device-name.ts';
import type { SessionRecord, SessionStore } from './entities.ts';
import { formatRefreshToken } from './refresh-tokens.ts';
import type { RefreshToken } from './refresh-tokens.ts';
import { hashSecret, isSameHash, randomSecret } from './secrets.ts';
import { createRenewal } from './session-renewal.ts';

/** What the service of sessions works with. */
export interface SessionDeps {
  /** Sessions as a principal may see them. */
  readonly sessionsOf: (principal: Principal) => SessionStore;
  readonly system: Principal;
  readonly refreshKey: Uint8Array;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called with the id of each session that ends. */
  readonly onEnd: (sessionId: string) => void;
}

/** A session after it was opened or renewed. */
export interface OpenSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
  /** Seconds until the refresh token expires. */
  readonly maxAgeSeconds: number;
}

/** Opens, renews, lists and ends sessions. */
export interface SessionService {
  open(user: User, http: HttpExchange): Promise<OpenSession>;
  /** @throws IDENTITY_SIGNED_OUT, IDENTITY_REFRESH_REUSED */
  renew(token: RefreshToken, http: HttpExchange): Promise<OpenSession>;
  isAlive(sessionId: string): Promise<boolean>;
  list(principal: Principal): Promise<readonly Session[]>;
  /** @throws IDENTITY_SESSION_NOT_FOUND when it is missing or not the principal's. */
  end(principal: Principal, sessionId: string): Promise<void>;
  /** Ends the session a refresh token is for; nothing happens when the token is not in force. */
  endByToken(token: RefreshToken): Promise<void>;
  /** Resolves with how many it ended. */
  endAll(userId: string, exceptSessionId?: string): Promise<number>;
}

const DAY_MS = 86_400_000;
const PAGE = 200;

const toIso = (ms: number): string => new Date(ms).toISOString();

export function createSessionService(deps: SessionDeps): SessionService {
  const { sessionsOf, system, refreshKey, config, clock, log, onEnd } = deps;
  const all = sessionsOf(system);
  const isExpired = (session: SessionRecord): boolean => Date.parse(session.expiresAt) <= clock.now();
  const touch = (createdAtMs: number, http: HttpExchange) => ({
    device: describeDevice(http.header('user-agent')),
    ip: http.ip,
    lastSeenAt: toIso(clock.now()),
    expiresAt: toIso(
      Math.min(clock.now() + config.sessionIdleDays * DAY_MS, createdAtMs + config.sessionMaxDays * DAY_MS),
    ),
  });
  const toOpen = (session: SessionRecord, secret: string): OpenSession => ({
    sessionId: session.id,
    userId: session.ownerId ?? '',
    refreshToken: formatRefreshToken({ sessionId: session.id, secret }),
    maxAgeSeconds: Math.floor((Date.parse(session.expiresAt) - clock.now()) / 1000),
  });
  async function findAlive(sessionId: string): Promise<SessionRecord | undefined> {
    const session = await all.find(sessionId);
    return session === undefined || isExpired(session) ? undefined : session;
  }
  async function remove(sessionId: string): Promise<void> {
    try {
      await all.delete(sessionId);
    } catch (error) {
      if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
    } finally {
      onEnd(sessionId);
    }
  }
  const renew = createRenewal({
    sessions: all,
    key: refreshKey,
    clock,
    log,
    findAlive,
    touch: (session, http) => touch(Date.parse(session.createdAt), http),
    end: remove,
  });

  return {
    async open(user, http) {
      const secret = randomSecret();
      const nowMs = clock.now();
      const session = await all.insert({
        id: newId(nowMs),
        ownerId: user.id,
        ...touch(nowMs, http),
        rotatedAt: toIso(nowMs),
        tokenHash: hashSecret(secret),
      });
      return toOpen(session, secret);
    },
    async renew(token, http) {
      const { session, secret } = await renew(token, http);
      return toOpen(session, secret);
    },
    isAlive: async (sessionId) => (await findAlive(sessionId)) !== undefined,
    async list(principal) {
      const { items } = await sessionsOf(principal).list({ sort: [['lastSeenAt', 'desc']], limit: PAGE });
      return items.filter((session) => !isExpired(session)).map((session) => toSession(session, principal));
    },
    async end(principal, sessionId) {
      const session = await sessionsOf(principal).find(sessionId);
      if (!session || isExpired(session)) throw identityErrors.SESSION_NOT_FOUND({ id: sessionId });
      await remove(session.id);
    },
    async endByToken({ sessionId, secret }) {
      const session = await all.find(sessionId);
      const hash = hashSecret(secret);
      const isKnown = isSameHash(hash, session?.tokenHash) || isSameHash(hash, session?.previousTokenHash);
      if (isKnown) await remove(sessionId);
    },
    async endAll(userId, exceptSessionId) {
      const ended = (await idsOf(all, userId)).filter((id) => id !== exceptSessionId);
      for (const id of ended) await remove(id);
      return ended.length;
    },
  };
}

const toSession = ({ id, device, ip, createdAt, lastSeenAt }: SessionRecord, principal: Principal): Session => ({
  id,
  device,
  ip,
  createdAt,
  lastSeenAt,
  current: id === principal.sessionId,
});

async function idsOf(sessions: SessionStore, userId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const position = after === undefined ? {} : { after };
    const page = await sessions.list({ where: { ownerId: userId }, limit: PAGE, ...position });
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  return ids;
}
