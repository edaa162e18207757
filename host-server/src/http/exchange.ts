import type { HttpExchange } from '@parley/contracts';
import type { Request, Response } from 'express';
import { parseCookies, readCookie, writeCookie } from './cookies.ts';

/** The HTTP side of one call, cookies read on first use. */
export function createExchange(request: Request, response: Response): HttpExchange {
  let cookies: ReadonlyMap<string, string> | undefined;
  return {
    method: request.method,
    path: request.path,
    get ip() {
      return request.ip ?? '';
    },
    get isSecure() {
      return request.secure;
    },
    header: (name) => {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    cookie(name) {
      cookies ??= parseCookies(request.headers.cookie);
      return readCookie(cookies, name, request.secure);
    },
    setCookie: (name, value, options = {}) =>
      void response.appendHeader('set-cookie', writeCookie(name, value, options, request.secure)),
    clearCookie: (name, options = {}) =>
      void response.appendHeader('set-cookie', writeCookie(name, '', { ...options, maxAgeSeconds: 0 }, request.secure)),
    setHeader: (name, value) => void response.setHeader(name, value),
  };
}
