import { createHmac } from 'node:crypto';

/** A refresh token taken apart: which session it is for, and the secret that proves it. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

/**
 * The secret that follows `secret`. It is a function of it and of a key only the server has, so that tabs which renew
 * with the same token at the same moment, or a browser that lost the first reply, get the same successor.
 */
export const nextSecret = (key: Uint8Array, secret: string): string =>
  createHmac('sha256', key).update(secret).digest('base64url');

/** A token as it travels. */
export const formatRefreshToken = ({ sessionId, secret }: RefreshToken): string => `${sessionId}.${secret}`;

/** `undefined` for what can not be a refresh token. */
export function parseRefreshToken(text: string | undefined): RefreshToken | undefined {
  const [, sessionId, secret] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(text ?? '') ?? [];
  return sessionId === undefined || secret === undefined ? undefined : { sessionId, secret };
}
