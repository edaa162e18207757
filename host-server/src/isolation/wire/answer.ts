import type { MethodKind } from './method-kinds.ts';
import { isIterable } from './known-values.ts';

/**
 * What a method of the other process gives. One that answers later gives a promise, one that streams a stream; of one
 * that does not tell beforehand it is both: to be awaited, or to be read.
 */
export function toAnswer(kind: MethodKind, result: Promise<unknown>, open: () => AsyncIterator<unknown>): unknown {
  if (kind === 'later') return result;
  const read = () => {
    // Whoever reads hears of a failure from the first piece.
    result.catch(() => undefined);
    return open();
  };
  if (kind === 'open') {
    // Not a Promise by name: whoever wraps promises in others would lose the stream.
    return Object.defineProperties(result, {
      [Symbol.asyncIterator]: { value: read },
      [Symbol.toStringTag]: { value: 'Answer' },
    });
  }
  result.catch(() => undefined);
  return { [Symbol.asyncIterator]: read };
}

/** Reads `result` once it is there, asking for pieces before that. */
export function readLater(
  result: Promise<unknown>,
  askAhead: () => void,
  leave: () => void,
): AsyncIterator<unknown, undefined> {
  let isLeft = false;
  let inner: AsyncIterator<unknown, undefined> | undefined;
  const open = async () => {
    const value = await result;
    if (!isIterable(value)) throw new TypeError('What the other process answered can not be read piece by piece');
    inner = value[Symbol.asyncIterator]() as AsyncIterator<unknown, undefined>;
    return inner;
  };
  let opening: Promise<AsyncIterator<unknown, undefined>> | undefined;
  return {
    async next() {
      if (isLeft) return { done: true, value: undefined };
      if (inner !== undefined) return await inner.next();
      askAhead();
      return await (await (opening ??= open())).next();
    },
    async return() {
      isLeft = true;
      if (inner === undefined) leave();
      else await inner.return?.();
      return { done: true, value: undefined };
    },
  };
}
