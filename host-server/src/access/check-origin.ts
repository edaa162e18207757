import type { IncomingHttpHeaders } from 'node:http';
import { hostErrors } from '../host-errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that a browser sends for a page of another origin. A request with neither `Origin` nor
 * `Sec-Fetch-Site` does not come from a page and passes.
 * @throws HOST_CROSS_ORIGIN
 */
export function checkOrigin(method: string, headers: IncomingHttpHeaders, publicUrl: string | undefined): void {
  if (SAFE.has(method)) return;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isForeignSite || (origin !== undefined && !isOwn(origin, headers.host, publicUrl))) {
    throw hostErrors.CROSS_ORIGIN({ origin: origin ?? site ?? 'unknown' });
  }
}

function isOwn(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const { host: originHost, origin: canonical } = new URL(origin);
  return originHost === host || (publicUrl !== undefined && canonical === new URL(publicUrl).origin);
}
