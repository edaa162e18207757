import type { Meter } from './meter.ts';

/** What an async generator function gives. Other streams have members of their own and are left as they are. */
export const isGenerator = (answer: unknown): answer is AsyncGenerator =>
  Object.prototype.toString.call(answer) === '[object AsyncGenerator]';

/**
 * The same items. The first one, or the end, ends the call in `meter`: how fast an answer begins is the provider's, how
 * long it lasts is not. Those after it come straight from the source, with no promise in between.
 */
export function observeStream(source: AsyncGenerator, meter: Meter, startedMs: number) {
  const first = async (...args: readonly [] | readonly [unknown]) => {
    next = direct;
    try {
      const item = await source.next(...args);
      meter.pass(startedMs);
      return item;
    } catch (error) {
      meter.fail(startedMs, error);
      throw error;
    }
  };
  const direct: typeof first = (...args) => source.next(...args);
  let next = first;
  const observed: AsyncGenerator = {
    next: (...args) => next(...args),
    return: (value) => source.return(value),
    throw: (error) => source.throw(error),
    [Symbol.asyncIterator]: () => observed,
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
  return observed;
}

/** A stream that fails at its first item. */
// oxlint-disable-next-line require-yield
export async function* failingStream(error: Error): AsyncGenerator<never> {
  throw error;
}
