import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import { isAppError } from '@parley/contracts';
import type { AppError, Problem } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { hostErrors } from '../host-errors.ts';

const UNAVAILABLE = 503;
const RETRY_AFTER_SECONDS = 2;

/**
 * What a client may know of an error: an application error with its code, anything else as HOST_INTERNAL without a
 * word of its inside.
 */
export function toProblem(error: unknown, requestId: string): Problem {
  const told = isAppError(error) ? error : hostErrors.INTERNAL({ requestId });
  const details = isAppError(error) ? detailsOf(error) : {};
  return {
    type: 'about:blank',
    title: STATUS_CODES[told.status] ?? 'Error',
    status: told.status,
    detail: told.message,
    code: told.code,
    requestId,
    ...(Object.keys(details).length > 0 ? { details } : {}),
  };
}

/** Whoever is told to come back is told when. */
const detailsOf = ({ status, details }: AppError): AppError['details'] =>
  status === UNAVAILABLE ? { retryAfterSeconds: RETRY_AFTER_SECONDS, ...details } : details;

/** Writes what the operator must know: every error that is not an application's answer to its caller. */
export function logError(log: Logger, error: unknown, place: string): void {
  if (!isAppError(error)) log.error(`${place} failed`, { error });
  else if (error.status >= 500) log.warn(`${place}: ${error.message}`, { code: error.code, error });
  else log.debug(`${place}: ${error.message}`, { code: error.code });
}

/** Sends an error as problem+json, or cuts the connection when a reply has begun already. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify(problem));
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...headersOf(problem),
  });
  response.end(body);
}

function headersOf({ status, details }: Problem): Record<string, string> {
  const wait = details?.['retryAfterSeconds'];
  const allowed = details?.['allowed'];
  return {
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 405 && Array.isArray(allowed) ? { allow: allowed.join(', ') } : {}),
    ...(status === 413 ? { connection: 'close' } : {}),
    ...(typeof wait === 'number' ? { 'retry-after': String(Math.ceil(wait)) } : {}),
  };
}
