import type { Principal } from './principal.ts';
import type { Trace } from './trace.ts';

/** Attributes of a cookie the server sets. */
export interface CookieOptions {
  /** Seconds until it expires; a session cookie without one. */
  readonly maxAgeSeconds?: number;
  readonly path?: string;
  readonly sameSite?: 'lax' | 'strict' | 'none';
  /** Hidden from scripts; true without one. */
  readonly httpOnly?: boolean;
}

/** The HTTP side of a call, for the few handlers that need it: sign-in, cookies, addresses. */
export interface HttpExchange {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  /** Address of the peer, or what trusted proxies say of it. */
  readonly ip: string;
  /** Whether the browser spoke TLS to us or to a trusted proxy. */
  readonly isSecure: boolean;
  header(name: string): string | undefined;
  cookie(name: string): string | undefined;
  setCookie(name: string, value: string, options?: CookieOptions): void;
  clearCookie(name: string, options?: CookieOptions): void;
  setHeader(name: string, value: string): void;
}

/** Who calls, until when, and under which id; passed to every handler and tap. */
export interface CallContext {
  readonly principal: Principal;
  /** Aborts when the caller has gone or the time is up. */
  readonly signal: AbortSignal;
  /** Ties log lines, errors and the reply together. */
  readonly requestId: string;
  /** BCP 47 language of the caller. */
  readonly locale: string;
  /** Present when somebody wants to know which taps the call meets; without it nothing is noted. */
  readonly trace?: Trace;
  /** Present when the call came over HTTP. */
  readonly http?: HttpExchange;
}
