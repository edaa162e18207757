import type { AppError } from '@parley/contracts';
import type { Limits } from './limits.ts';
import { openUpstream } from './open-upstream.ts';

/**
 * One request with one whole answer, within the limits and repeated like the opening of a stream: `firstByteTimeoutMs` is
 * the time for all of it.
 * @throws MODEL_TIMEOUT, what `toError` makes of a failure, or the reason of `signal`
 */
export async function askUpstream<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  options: {
    readonly provider: string;
    readonly limits: Limits;
    readonly signal: AbortSignal;
    readonly toError: (error: unknown) => AppError;
  },
): Promise<T> {
  const upstream = await openUpstream(ask, options);
  upstream.close();
  return upstream.value;
}
