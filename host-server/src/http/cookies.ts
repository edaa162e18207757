import type { CookieOptions } from '@parley/contracts';

/** The cookies of a request by name; the first of each name counts. */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (!cookies.has(name)) cookies.set(name, decode(pair.slice(at + 1).trim()));
  }
  return cookies;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * The name on the wire: over TLS a prefix binds the cookie to this host, so that neither a plain page nor a
 * neighbouring subdomain can set it.
 * @see RFC 6265bis section 4.1.3
 */
const wireName = (name: string, path: string, isSecure: boolean): string =>
  isSecure ? `${path === '/' ? '__Host-' : '__Secure-'}${name}` : name;

/** The value of the cookie `name`, as `writeCookie` named it. */
export const readCookie = (
  cookies: ReadonlyMap<string, string>,
  name: string,
  isSecure: boolean,
): string | undefined =>
  isSecure ? (cookies.get(`__Host-${name}`) ?? cookies.get(`__Secure-${name}`)) : cookies.get(name);

/** One `Set-Cookie` value. */
export function writeCookie(name: string, value: string, options: CookieOptions, isSecure: boolean): string {
  const { path = '/', sameSite = 'lax', httpOnly = true, maxAgeSeconds } = options;
  return [
    `${wireName(name, path, isSecure)}=${encodeURIComponent(value)}`,
    `Path=${path}`,
    ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${Math.floor(maxAgeSeconds)}`]),
    `SameSite=${sameSite[0]?.toUpperCase()}${sameSite.slice(1)}`,
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
}
