import type { HttpExchange } from '@parley/contracts';
import type { Request, Response } from 'express';
import { parseCookies, readCookie, writeCookie } from './cookies.ts';

/** The requests behind exchanges, since an exchange can not be asked for all of its headers. */
const requests = new WeakMap<HttpExchange, Request>();
const WITHHELD = new Set(['cookie', 'authorization', 'proxy-authorization']);

/** What of an exchange may leave this process: everything but credentials and cookies, both ways. */
export function exchangeFacts(exchange: HttpExchange): Readonly<Record<string, unknown>> {
  const { method, path, ip, isSecure } = exchange;
  const headers = Object.entries(requests.get(exchange)?.headers ?? {})
    .filter(([name]) => !WITHHELD.has(name))
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  const setHeader = (name: string, value: string): void => {
    if (name.toLowerCase() !== 'set-cookie') exchange.setHeader(name, value);
  };
  return { method, path, ip, isSecure, headers: Object.fromEntries(headers) as unknown, setHeader };
}

/** The HTTP side of one call, cookies read on first use. */
export function createExchange(request: Request, response: Response): HttpExchange {
  let cookies: ReadonlyMap<string, string> | undefined;
  const exchange: HttpExchange = {
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
  requests.set(exchange, request);
  return exchange;
}
