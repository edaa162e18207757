/** A request as `fetch` takes it, with a body that can be sent again where there is one. */
export interface Hop {
  readonly url: URL;
  readonly init: RequestInit & { readonly headers: Headers };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization', 'api-key', 'x-api-key'];

/** The request a redirect asks for; `undefined` when the reply is none. Credentials stay with their origin. */
export function nextHop({ url, init }: Hop, status: number, location: string | null): Hop | undefined {
  if (!REDIRECTS.has(status) || location === null) return undefined;
  const target = new URL(location, url);
  const headers = new Headers(init.headers);
  if (target.origin !== url.origin) for (const name of CREDENTIALS) headers.delete(name);
  const method = (init.method ?? 'GET').toUpperCase();
  const becomesGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  if (!becomesGet) return { url: target, init: { ...init, headers } };
  for (const name of ['content-length', 'content-type', 'content-encoding']) headers.delete(name);
  const { body: _body, ...rest } = init;
  return { url: target, init: { ...rest, method: 'GET', headers } };
}
