import { randomBytes } from 'node:crypto';

/**
 * The page with the given nonce on each of its scripts and styles, and in `<meta property="csp-nonce">` for code that
 * adds styles later.
 */
export type Page = (nonce: string) => string;

const TAG = /<(script|style)(?=[\s>])/gi;

/** Splits the built `index.html` once, so that a request only joins texts. */
export function createPage(html: string): Page {
  const parts = html
    .replace(/<head([^>]*)>/i, (head) => `${head}<meta property="csp-nonce" nonce="\0">`)
    .replace(TAG, (tag) => `${tag} nonce="\0"`)
    .split('\0');
  return (nonce) => parts.join(nonce);
}

/** A nonce for one reply, 128 bits. */
export const createNonce = (): string => randomBytes(16).toString('base64');
