import { isAppError } from '@parley/contracts';

/** The id under which the server's log knows a failure. */
export function traceIdOf(error: unknown): string | undefined {
  const requestId = isAppError(error) ? error.details['requestId'] : undefined;
  return typeof requestId === 'string' ? requestId : undefined;
}
