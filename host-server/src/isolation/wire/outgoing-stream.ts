/** Bytes, about, that may be on their way to a reader; the number of pieces is the reader's say. */
const MAX_UNREAD = 256 * 1_024;

/** A stream this process sends: pulled only as far as the reader allows. */
export interface OutgoingStream {
  /** The reader takes `count` pieces more. */
  allow(count: number): void;
  /** The reader has left. */
  stop(): void;
}

/** How a stream leaves. Shape: `item` gives the length of what was sent. */
export interface StreamSink {
  item(value: unknown): number;
  end(): void;
  fail(error: unknown): void;
}

/** Sends what `iterable` gives; nothing of it runs before the reader asks. */
export function sendStream(iterable: AsyncIterable<unknown>, sink: StreamSink): OutgoingStream {
  let iterator: AsyncIterator<unknown> | undefined;
  let isRunning = false;
  let credit = 0;
  let isStopped = false;
  /** Lengths of the pieces sent and not yet read, in order. */
  let unread: number[] = [];
  let unreadLength = 0;
  let wake: (() => void) | undefined;

  const mayGo = () => credit > 0 && (unreadLength < MAX_UNREAD || unread.length === 0);
  const allowed = () => new Promise<void>((resolve) => (wake = resolve));
  const leave = () => {
    Promise.resolve(iterator?.return?.()).catch(() => undefined);
  };
  const run = async () => {
    try {
      iterator = iterable[Symbol.asyncIterator]();
      for (;;) {
        if (!mayGo()) await allowed();
        if (isStopped) return;
        const next = await iterator.next();
        if (isStopped) return;
        if (next.done) return sink.end();
        credit -= 1;
        const length = sink.item(next.value);
        unread.push(length);
        unreadLength += length;
      }
    } catch (error) {
      if (!isStopped) {
        sink.fail(error);
        leave();
      }
    }
  };
  return {
    allow(count) {
      credit += count;
      if (!isRunning) {
        isRunning = true;
        void run();
        return;
      }
      for (const length of unread.splice(0, count)) unreadLength -= length;
      wake?.();
    },
    stop() {
      isStopped = true;
      unread = [];
      wake?.();
      leave();
    },
  };
}
