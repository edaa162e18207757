import { isAppError, modelErrors } from '@parley/contracts';
import type { AppError } from '@parley/contracts';
import type { Limits } from './limits.ts';

/** One request to a provider, from its opening to its end. */
export interface Upstream<T> {
  readonly value: T;
  /** Closes the connection; to be called at the end of every answer, however it ended. */
  close(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

/** How long to wait before another try; `undefined` when another try would not help or would come too late. */
function pauseBefore(error: AppError, attempt: number): number | undefined {
  if (isAppError(error, modelErrors.RATE_LIMIT.code)) {
    const askedMs = Number(error.details['retryAfterSeconds']) * 1_000;
    return askedMs <= LONGEST_PAUSE_MS ? askedMs : undefined;
  }
  if (!isAppError(error, modelErrors.UNAVAILABLE.code)) return undefined;
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** One try: `open` gets a signal that also ends the answer later. */
async function tryOnce<T>(
  open: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  late: { readonly timeoutMs: number; readonly error: () => AppError },
): Promise<Upstream<T>> {
  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late.error()), late.timeoutMs);
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    // Raced: not every SDK ends at once when it is told to.
    const value = await Promise.race([open(AbortSignal.any([signal, own.signal])), limit]);
    return { value, close: () => own.abort() };
  } catch (error) {
    own.abort();
    throw error;
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
  }
}

/**
 * Opens an answer: `open` resolves when its first byte is there. What failed before is repeated, after a growing pause or
 * the one the provider asks for; nothing is ever repeated once it has answered.
 * @throws MODEL_TIMEOUT, what `toError` makes of a failure, or the reason of `signal`
 */
export async function openUpstream<T>(
  open: (signal: AbortSignal) => Promise<T>,
  options: {
    readonly provider: string;
    readonly limits: Limits;
    readonly signal: AbortSignal;
    readonly toError: (error: unknown) => AppError;
  },
): Promise<Upstream<T>> {
  const { provider, limits, signal, toError } = options;
  const timeoutMs = limits.firstByteTimeoutMs;
  const late = { timeoutMs, error: () => modelErrors.TIMEOUT({ provider, timeoutMs }) };
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await tryOnce(open, signal, late);
    } catch (error) {
      signal.throwIfAborted();
      const failure = toError(error);
      const pauseMs = attempt < limits.maxRetries ? pauseBefore(failure, attempt) : undefined;
      if (pauseMs === undefined) throw failure;
      await pause(pauseMs, signal);
    }
  }
}
