/**
 * What `work` gives, or the error of `onTimeout` when it takes longer than `timeoutMs`. The work itself is not stopped:
 * give it a signal for that.
 */
export function withTimeLimit<T>(
  work: PromiseLike<T>,
  timeoutMs: number,
  onTimeout: (elapsedMs: number) => Error,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const startedMs = performance.now();
  const timer = setTimeout(() => reject(onTimeout(Math.round(performance.now() - startedMs))), timeoutMs);
  // No race: it would make two promises more.
  const end =
    <V>(settle: (value: V) => void) =>
    (value: V): void => {
      clearTimeout(timer);
      settle(value);
    };
  work.then(end(resolve), end(reject));
  return promise;
}

/** What `work` gives, however long it takes; `remind` is told every `everyMs` that it is still going on. */
export async function withReminder<T>(
  work: PromiseLike<T>,
  everyMs: number,
  remind: (elapsedMs: number) => void,
): Promise<T> {
  const startedMs = performance.now();
  const timer = setInterval(() => remind(Math.round(performance.now() - startedMs)), everyMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** Whether a value must be waited for. */
export const isPromiseLike = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
