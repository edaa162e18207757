import { isAppError } from '@parley/contracts';
import type { CallContext, Handlers, HttpExchange, Principal, User } from '@parley/contracts';
import { identityErrors } from '../contract/index.ts';
import type { identityContract, SignedIn } from '../contract/index.ts';
import { clearSessionCookies, readRefreshCookie } from './cookies.ts';
import { parseRefreshToken } from './refresh-tokens.ts';
import type { OpenSession, SessionService } from './session-service.ts';
import type { UserService } from './user-service.ts';

/** What the operations work with. */
export interface HandlerDeps {
  readonly users: UserService;
  readonly sessions: SessionService;
  /** Gives the tokens of a session to the caller. */
  readonly deliver: (user: User, session: OpenSession, http: HttpExchange) => Promise<SignedIn>;
}

export function createHandlers({
  users,
  sessions,
  deliver,
}: HandlerDeps): Handlers<(typeof identityContract)['operations']> {
  return {
    async me(_input, call) {
      const user = call.principal.kind === 'user' ? await users.find(call.principal.id) : undefined;
      return user ? { user } : {};
    },
    updateMe: ({ name }, call) => users.rename(call.principal.id, name),
    async refresh(_input, call) {
      const http = overHttp(call);
      const token = parseRefreshToken(readRefreshCookie(http));
      try {
        if (!token) throw identityErrors.SIGNED_OUT();
        const session = await sessions.renew(token, http);
        const user = await users.find(session.userId);
        if (!user) throw identityErrors.SIGNED_OUT();
        return await deliver(user, session, http);
      } catch (error) {
        if (isAppError(error) && error.status === 401) clearSessionCookies(http);
        throw error;
      }
    },
    async signOut(_input, call) {
      const http = overHttp(call);
      const token = parseRefreshToken(readRefreshCookie(http));
      if (token) await sessions.endByToken(token);
      await endOwn(sessions, call.principal);
      clearSessionCookies(http);
    },
    sessions: async (_input, call) => ({ items: [...(await sessions.list(call.principal))] }),
    revokeSession: ({ id }, call) => sessions.end(call.principal, id),
    async revokeOtherSessions(_input, call) {
      await sessions.endAll(call.principal.id, call.principal.sessionId);
    },
    async users(page) {
      const { items, next } = await users.list(page);
      return { items: [...items], ...(next === undefined ? {} : { next }) };
    },
  };
}

async function endOwn(sessions: SessionService, principal: Principal): Promise<void> {
  if (principal.kind !== 'user' || principal.sessionId === undefined) return;
  if (await sessions.isAlive(principal.sessionId)) await sessions.end(principal, principal.sessionId);
}

function overHttp({ http }: CallContext): HttpExchange {
  if (!http) throw new Error('Sessions are renewed and ended over HTTP only, where cookies are');
  return http;
}
