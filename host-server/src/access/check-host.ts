import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { hostErrors } from '../host-errors.ts';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/**
 * Refuses requests for a host name that is not this server's, so that a foreign page can not reach it by pointing its
 * own name here (DNS rebinding). Answers to loopback names, the address listened on and the host of `publicUrl`; a
 * server that listens on a network address without `publicUrl` can not know its names and answers to all.
 * @throws HOST_UNKNOWN_HOST (421)
 */
export function checkHost(address: string, publicUrl: string | undefined): RequestHandler {
  if (!isLoopback(address) && publicUrl === undefined) return (_request, _response, next) => next();
  const bound = isIP(address) === 6 ? `[${address}]` : address;
  const known = new Set([...LOOPBACK_NAMES, bound, ...(publicUrl ? [new URL(publicUrl).hostname] : [])]);
  return (request, _response, next) => {
    const { host } = request.headers;
    if (host !== undefined && known.has(hostName(host))) next();
    else next(hostErrors.UNKNOWN_HOST({ host: host ?? 'no host' }));
  };
}
