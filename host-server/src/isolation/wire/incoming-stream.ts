/** Pieces asked for ahead of the reader. */
export const WINDOW = 64;
/** What was read is told after half a window, or after this many characters. */
const TELL_LENGTH = 64 * 1_024;

type Result = IteratorResult<unknown, undefined>;
type Waiting = { readonly resolve: (result: Result) => void; readonly reject: (error: unknown) => void };

/** A stream that comes from the other process. */
export interface IncomingStream extends AsyncIterable<unknown> {
  /** `length` as the sender counted it. */
  item(value: unknown, length: number): void;
  end(): void;
  fail(error: unknown): void;
  /** Pieces that came and were not read; more than the window is a breach of the protocol. */
  ahead(): number;
}

/** What a stream tells the other process. */
export interface StreamSource {
  allow(count: number): void;
  stop(): void;
}

/** A stream that is read once; the other side is asked for no more than a window of pieces ahead. */
export function receiveStream(source: StreamSource, hasAsked: boolean): IncomingStream {
  let queue: { readonly value: unknown; readonly length: number }[] = [];
  let read = 0;
  let readLength = 0;
  let asked = hasAsked;
  let over: { readonly error: unknown } | 'ended' | undefined;
  const waiting: Waiting[] = [];

  const finish = (how: { readonly error: unknown } | 'ended') => {
    if (over !== undefined) return;
    over = how;
    for (const each of waiting.splice(0)) {
      if (how === 'ended') each.resolve({ done: true, value: undefined });
      else each.reject(how.error);
    }
  };
  const took = (length: number) => {
    read += 1;
    readLength += length;
    if ((read < WINDOW / 2 && readLength < TELL_LENGTH) || over !== undefined) return;
    source.allow(read);
    read = 0;
    readLength = 0;
  };
  const next = (): Promise<Result> => {
    const first = queue.shift();
    if (first !== undefined) {
      took(first.length);
      return Promise.resolve({ done: false, value: first.value });
    }
    if (over === 'ended') return Promise.resolve({ done: true, value: undefined });
    if (over !== undefined) {
      const { error } = over;
      over = 'ended';
      return Promise.reject(error);
    }
    if (!asked) {
      asked = true;
      source.allow(WINDOW);
    }
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const leave = (): Promise<Result> => {
    if (over === undefined) source.stop();
    queue = [];
    finish('ended');
    over = 'ended';
    return Promise.resolve({ done: true, value: undefined });
  };
  const iterator: AsyncIterator<unknown, undefined> & AsyncIterable<unknown> = {
    next,
    return: leave,
    throw: async (error: unknown) => {
      await leave();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return {
    [Symbol.asyncIterator]: () => iterator,
    ahead: () => queue.length,
    item(value, length) {
      if (over !== undefined) return;
      const first = waiting.shift();
      if (first === undefined) queue.push({ value, length });
      else {
        took(length);
        first.resolve({ done: false, value });
      }
    },
    end: () => finish('ended'),
    fail: (error) => finish({ error }),
  };
}
