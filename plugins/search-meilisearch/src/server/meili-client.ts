import { isAppError, searchErrors } from '@parley/contracts';
import type { Meilisearch } from 'meilisearch';
import * as z from 'zod';

/** What the server said no to. Shape: `code` is the server's own, its words stay out of what people see. */
export class MeiliRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`Meilisearch answered ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** A client that stops asking a server which does not answer, for a while that grows. */
export interface MeiliClient {
  /**
   * Does `work` with the official client, within `timeoutMs` for each request.
   * @throws SEARCH_UNAVAILABLE, SEARCH_TOO_SLOW, MeiliRefusal, and the signal's reason once it aborts
   */
  use<T>(work: (client: Meilisearch) => Promise<T>, options: UseOptions): Promise<T>;
}

export interface UseOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether it may be slow because of what was asked: then one that takes too long says nothing about the server. */
  readonly isSearch?: boolean;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** So many searches in a row that take too long are no longer the fault of what was asked. */
const SLOW_IN_A_ROW = 3;
const Failure = z.object({ code: z.string() });
const AWAY_STATUS: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Requests of one use: the client's own time limit does not hold beside a signal, so this is ours. */
const requestOver =
  (fetch: typeof globalThis.fetch, signals: readonly AbortSignal[], timeoutMs: number) =>
  async (input: string | URL | Request, init?: RequestInit): Promise<unknown> => {
    const own = init?.signal ? [init.signal] : [];
    const signal = AbortSignal.any([...signals, ...own, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(input, { ...init, signal });
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return body;
    throw new MeiliRefusal(response.status, Failure.safeParse(body).data?.code ?? 'unknown');
  };

const isTimeout = (error: unknown): boolean =>
  (error as { readonly name?: unknown } | undefined)?.name === 'TimeoutError';

/** What a request failed with; the client wraps it together with the address. */
const isOfRequest = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'MeilisearchRequestError';

/** Why the server is of no use now, in words for people; `undefined` when it answered what it was asked. */
function awayReason(error: unknown): string | undefined {
  if (!(error instanceof MeiliRefusal)) return 'Meilisearch does not answer';
  if (error.status === 401 || error.status === 403) return 'Meilisearch does not accept the key';
  return AWAY_STATUS.includes(error.status) ? `Meilisearch answered ${error.status}` : undefined;
}

export function createMeiliClient(deps: {
  readonly host: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Aborts when nobody needs it any more. */
  readonly stopped: AbortSignal;
  readonly now: () => number;
}): MeiliClient {
  const { host, apiKey, fetch, stopped, now } = deps;
  let pauseMs = 0;
  let triedAt = 0;
  let reason = '';
  let slowInARow = 0;
  const failed = (why: string, error: unknown): Error => {
    pauseMs = Math.min(Math.max(FIRST_PAUSE_MS, pauseMs * 2), LONGEST_PAUSE_MS);
    triedAt = now();
    reason = why;
    return searchErrors.UNAVAILABLE({ reason }, error);
  };
  return {
    async use(work, { timeoutMs, signal, isSearch = false }) {
      signal?.throwIfAborted();
      if (now() - triedAt < pauseMs) throw searchErrors.UNAVAILABLE({ reason });
      const signals = signal === undefined ? [stopped] : [stopped, signal];
      const { Meilisearch } = await import('meilisearch');
      const client = new Meilisearch({
        host,
        ...(apiKey === undefined ? {} : { apiKey }),
        httpClient: requestOver(fetch, signals, timeoutMs),
      });
      try {
        const done = await work(client);
        pauseMs = 0;
        slowInARow = 0;
        return done;
      } catch (error) {
        signal?.throwIfAborted();
        if (!isOfRequest(error)) throw error;
        const { cause } = error;
        if (isAppError(cause)) throw cause;
        if (isSearch && isTimeout(cause)) {
          slowInARow += 1;
          if (slowInARow >= SLOW_IN_A_ROW) failed('Meilisearch does not answer', cause);
          throw searchErrors.TOO_SLOW({ limitMs: timeoutMs }, cause);
        }
        const away = awayReason(cause);
        throw away === undefined ? cause : failed(away, cause);
      }
    },
  };
}
