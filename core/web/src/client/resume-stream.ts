import { isAppError } from '@parley/contracts';
import type { StreamEvent } from '@parley/contracts';

/** Opens the stream after `lastEventId`, from its beginning without one. */
export type OpenStream<T> = (call: {
  readonly lastEventId?: string;
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
}) => AsyncIterable<StreamEvent<T>>;

/** What the connection is doing; `attempt` counts the failures in a row. */
export type ResumeState =
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'open' }
  | { readonly state: 'waiting'; readonly attempt: number; readonly delayMs: number; readonly error: unknown };

/** How a stream is kept alive. */
export interface ResumeOptions<T> {
  readonly signal: AbortSignal;
  /** Position already seen. */
  readonly lastEventId?: string;
  /** Whether nothing comes after this event. */
  readonly isLast?: (event: T) => boolean;
  readonly onState?: (state: ResumeState) => void;
  /** First and longest wait between attempts, milliseconds; 500 and 8 000. */
  readonly minDelayMs?: number;
  readonly maxDelayMs?: number;
  /** Waits `delayMs`, less when something tells that trying is worth it now; rejects when `signal` aborts. */
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/**
 * One unbroken series of events over as many connections as it takes.
 * Shape: each id at most once, in growing order; ends after the last event, or when the server answers 204.
 * @example resumeStream((call) => client.stream({ streamId }, call), { signal, isLast: (e) => e.type === 'run-end' })
 * @throws an error that trying again can not mend: any status below 500 but 408, 425 and 429; the signal's reason
 */
export async function* resumeStream<T>(
  open: OpenStream<T>,
  options: ResumeOptions<T>,
): AsyncGenerator<StreamEvent<T>, void> {
  const { signal, onState, wait = waitFor } = options;
  const cursor: Cursor = { lastEventId: options.lastEventId, attempt: 0 };
  for (;;) {
    signal.throwIfAborted();
    onState?.({ state: 'connecting', attempt: cursor.attempt });
    let error: unknown;
    try {
      if ((yield* readConnection(open, options, cursor)) === 'ended') return;
    } catch (caught) {
      signal.throwIfAborted();
      if (!isWorthRetrying(caught)) throw caught;
      error = caught;
    }
    cursor.attempt += 1;
    const delayMs = delayOf(cursor.attempt, options);
    onState?.({ state: 'waiting', attempt: cursor.attempt, delayMs, error });
    await wait(delayMs, signal);
  }
}

interface Cursor {
  lastEventId: string | undefined;
  attempt: number;
}

async function* readConnection<T>(
  open: OpenStream<T>,
  { signal, isLast = () => false, onState }: ResumeOptions<T>,
  cursor: Cursor,
): AsyncGenerator<StreamEvent<T>, 'ended' | 'cut'> {
  const { lastEventId } = cursor;
  const onOpen = () => onState?.({ state: 'open' });
  const events = open({ signal, onOpen, ...(lastEventId === undefined ? {} : { lastEventId }) })[
    Symbol.asyncIterator
  ]();
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) return next.value === 'no-content' ? 'ended' : 'cut';
      cursor.attempt = 0;
      const { id, event } = next.value;
      if (isSeen(id, cursor.lastEventId)) continue;
      cursor.lastEventId = id ?? cursor.lastEventId;
      yield next.value;
      if (isLast(event)) return 'ended';
    }
  } finally {
    await events.return?.();
  }
}

const isSeen = (id: string | undefined, lastEventId: string | undefined): boolean =>
  id !== undefined && lastEventId !== undefined && Number(id) <= Number(lastEventId);

const RETRIED = new Set([408, 425, 429]);
const isWorthRetrying = (error: unknown): boolean =>
  isAppError(error) && (error.status >= 500 || RETRIED.has(error.status));

/** Doubles with each failure up to the longest; between half and all of it, so that clients do not return in step. */
function delayOf(attempt: number, { minDelayMs = 500, maxDelayMs = 8_000 }: ResumeOptions<never>): number {
  const full = Math.min(maxDelayMs, minDelayMs * 2 ** (attempt - 1));
  return Math.round(full * (0.5 + Math.random() / 2));
}

function waitFor(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}
