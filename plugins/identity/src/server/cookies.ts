import type { HttpExchange } from '@parley/contracts';

/** The tokens of a session as cookies. Where TLS is spoken their names are prefixed, so that no other origin sets them. */
export interface SessionCookies {
  readonly accessToken: string;
  readonly accessMaxAgeSeconds: number;
  readonly refreshToken: string;
  readonly refreshMaxAgeSeconds: number;
}

const ACCESS = { path: '/', sameSite: 'lax', httpOnly: true } as const;
// Narrow, so that the refresh token travels only to where it is used; a path rules the prefix `__Host-` out.
const REFRESH = { path: '/api/auth', sameSite: 'lax', httpOnly: true } as const;

const accessName = ({ isSecure }: HttpExchange) => (isSecure ? '__Host-parley-access' : 'parley-access');
const refreshName = ({ isSecure }: HttpExchange) => (isSecure ? '__Secure-parley-refresh' : 'parley-refresh');

export const readAccessCookie = (http: HttpExchange): string | undefined => http.cookie(accessName(http));
export const readRefreshCookie = (http: HttpExchange): string | undefined => http.cookie(refreshName(http));

export function setSessionCookies(http: HttpExchange, cookies: SessionCookies): void {
  const { accessToken, accessMaxAgeSeconds, refreshToken, refreshMaxAgeSeconds } = cookies;
  http.setCookie(accessName(http), accessToken, { ...ACCESS, maxAgeSeconds: accessMaxAgeSeconds });
  http.setCookie(refreshName(http), refreshToken, { ...REFRESH, maxAgeSeconds: refreshMaxAgeSeconds });
}

export function clearSessionCookies(http: HttpExchange): void {
  http.clearCookie(accessName(http), ACCESS);
  http.clearCookie(refreshName(http), REFRESH);
}
