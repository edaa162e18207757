import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HttpExchange } from '@parley/contracts';

/** Recognises a browser that an account has signed in with before. */
export interface KnownDevices {
  /** The device's id when the request comes from a known one for this account. */
  find(http: HttpExchange, email: string): string | undefined;
  /** Marks the browser as known for this account. */
  remember(http: HttpExchange, email: string): void;
}

const YEAR_SECONDS = 31_536_000;
const OPTIONS = { path: '/api/auth', sameSite: 'lax', httpOnly: true } as const;

const COOKIE = 'parley-device';

/** The mark is a cookie that says nothing by itself: a random id, signed together with the account it is for. */
export function createKnownDevices(key: Uint8Array): KnownDevices {
  const sign = (device: string, email: string): Buffer =>
    createHmac('sha256', key).update(`${device} ${email}`).digest();
  return {
    find(http, email) {
      const [device = '', signature = ''] = http.cookie(COOKIE)?.split('.') ?? [];
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(device, email);
      return given.length === expected.length && timingSafeEqual(given, expected) ? device : undefined;
    },
    remember(http, email) {
      const device = randomBytes(16).toString('base64url');
      const value = `${device}.${sign(device, email).toString('base64url')}`;
      http.setCookie(COOKIE, value, { ...OPTIONS, maxAgeSeconds: YEAR_SECONDS });
    },
  };
}
