import type { Clock } from '@parley/kernel';
import type { JWTPayload } from 'jose';

/** Facts an access token carries. */
export interface AccessFacts {
  readonly userId: string;
  readonly sessionId: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
}

/** Signs and verifies access tokens. */
export interface AccessTokens {
  sign(facts: AccessFacts): Promise<string>;
  /** Shape: `undefined` for whatever is not a valid token of ours; the reason makes no difference to anybody. */
  verify(token: string): Promise<(AccessFacts & { readonly expiresAtMs: number }) | undefined>;
}

const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';
const NAME = 'parley';

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function toFacts(payload: JWTPayload) {
  const { sub, exp, sid, tenant, roles } = payload;
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof tenant !== 'string') return undefined;
  if (exp === undefined || !isTexts(roles)) return undefined;
  return { userId: sub, sessionId: sid, tenantId: tenant, roles, expiresAtMs: exp * 1000 };
}

/**
 * Signs and verifies with one key; the library is loaded by the first token.
 * @see RFC 7519, RFC 8725 (fixed algorithm, issuer, audience and type), RFC 9068
 */
export function createAccessTokens(deps: {
  readonly key: Uint8Array;
  readonly ttlSeconds: number;
  readonly clock: Clock;
}): AccessTokens {
  const { key, ttlSeconds, clock } = deps;
  return {
    async sign({ userId, sessionId, tenantId, roles }) {
      const { SignJWT } = await import('jose');
      const nowSeconds = Math.floor(clock.now() / 1000);
      return new SignJWT({ sid: sessionId, tenant: tenantId, roles: [...roles] })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(NAME)
        .setAudience(NAME)
        .setSubject(userId)
        .setIssuedAt(nowSeconds)
        .setExpirationTime(nowSeconds + ttlSeconds)
        .sign(key);
    },
    async verify(token) {
      const { jwtVerify } = await import('jose');
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: NAME,
          audience: NAME,
          currentDate: new Date(clock.now()),
        });
        return toFacts(payload);
      } catch {
        return undefined;
      }
    },
  };
}
