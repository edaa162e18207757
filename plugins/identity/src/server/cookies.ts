import type { HttpExchange } from '@parley/contracts';

/** The tokens of a session, on their way into cookies. */
export interface SessionCookies {
  readonly accessToken: string;
  readonly accessMaxAgeSeconds: number;
  readonly refreshToken: string;
  readonly refreshMaxAgeSeconds: number;
}

// The host marks cookies Secure and prefixes their names where TLS is spoken.
const ACCESS_NAME = 'parley-access';
const ACCESS = { path: '/', sameSite: 'lax', httpOnly: true } as const;
const REFRESH_NAME = 'parley-refresh';
// Narrow, so that the refresh token travels only to where it is used.
const REFRESH = { path: '/api/auth', sameSite: 'lax', httpOnly: true } as const;

export const readAccessCookie = (http: HttpExchange): string | undefined => http.cookie(ACCESS_NAME);
export const readRefreshCookie = (http: HttpExchange): string | undefined => http.cookie(REFRESH_NAME);

export function setSessionCookies(http: HttpExchange, cookies: SessionCookies): void {
  const { accessToken, accessMaxAgeSeconds, refreshToken, refreshMaxAgeSeconds } = cookies;
  http.setCookie(ACCESS_NAME, accessToken, { ...ACCESS, maxAgeSeconds: accessMaxAgeSeconds });
  http.setCookie(REFRESH_NAME, refreshToken, { ...REFRESH, maxAgeSeconds: refreshMaxAgeSeconds });
}

export function clearSessionCookies(http: HttpExchange): void {
  http.clearCookie(ACCESS_NAME, ACCESS);
  http.clearCookie(REFRESH_NAME, REFRESH);
}
