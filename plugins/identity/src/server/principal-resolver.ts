import { createPrincipal } from '@parley/contracts';
import type { HttpExchange, Principal } from '@parley/contracts';
import type { Clock } from '@parley/kernel';
import type { AccessTokens } from './access-tokens.ts';
import { readAccessCookie } from './cookies.ts';

/** Turns the access token of a request into a principal. */
export interface PrincipalResolver {
  /** At once where nothing must be looked up, which is nearly always. */
  resolve(http: HttpExchange): Principal | undefined | Promise<Principal | undefined>;
  /** Makes the tokens of an ended session invalid at once, on this node. */
  forgetSession(sessionId: string): void;
}

/** How long a check may be relied on: a session ended by another node reaches its access tokens within this time. */
const RECHECK_MS = 5_000;
const MAX_ENTRIES = 10_000;

/**
 * A bearer token decides alone where there is one; otherwise the cookie does. A token counts as long as its session is
 * alive, which is looked up at most once in five seconds.
 */
export function createPrincipalResolver(deps: {
  readonly accessTokens: Pick<AccessTokens, 'verify'>;
  readonly isAlive: (sessionId: string) => Promise<boolean>;
  readonly clock: Clock;
}): PrincipalResolver {
  const { accessTokens, isAlive, clock } = deps;
  const ends = new Map<string, AbortController>();
  const checked = new Map<string, { readonly principal: Principal; readonly untilMs: number }>();

  async function check(token: string): Promise<Principal | undefined> {
    const facts = await accessTokens.verify(token);
    if (!facts || !(await isAlive(facts.sessionId))) return undefined;
    const { userId, sessionId, tenantId, roles, expiresAtMs } = facts;
    const { signal: ended } = endOf(sessionId);
    const principal = createPrincipal({ kind: 'user', id: userId, tenantId, roles, sessionId, ended });
    remember(token, principal, Math.min(expiresAtMs, clock.now() + RECHECK_MS));
    return principal;
  }
  /** Of every principal of a session the same, so that its end reaches all that is open for it. */
  function endOf(sessionId: string): AbortController {
    const end = ends.get(sessionId) ?? new AbortController();
    ends.delete(sessionId);
    ends.set(sessionId, end);
    const [oldest] = ends.keys();
    if (ends.size > MAX_ENTRIES && oldest !== undefined) ends.delete(oldest);
    return end;
  }
  function remember(token: string, principal: Principal, untilMs: number): void {
    checked.delete(token);
    checked.set(token, { principal, untilMs });
    const [oldest] = checked.keys();
    if (checked.size > MAX_ENTRIES && oldest !== undefined) checked.delete(oldest);
  }

  return {
    resolve(http) {
      const token = readBearer(http) ?? readAccessCookie(http);
      if (token === undefined) return undefined;
      const known = checked.get(token);
      return known && clock.now() < known.untilMs ? known.principal : check(token);
    },
    forgetSession(sessionId) {
      for (const [token, { principal }] of checked) if (principal.sessionId === sessionId) checked.delete(token);
      ends.get(sessionId)?.abort();
      ends.delete(sessionId);
    },
  };
}

const readBearer = (http: HttpExchange): string | undefined =>
  /^Bearer (\S+)$/i.exec(http.header('authorization') ?? '')?.[1];
