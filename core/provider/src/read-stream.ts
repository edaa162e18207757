import { createParser } from 'eventsource-parser';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';

interface Reading {
  readonly provider: string;
  readonly idleTimeoutMs: number;
}

/** Makes events of one event of the stream. */
export interface EventDecoder<E = ModelEvent> {
  /** `data` as it came, and the name of the event; `message` without one. */
  decode(data: string, event: string, emit: (event: E) => void): void;
  /** The stream is over. @throws MODEL_UNAVAILABLE when it was cut before its end */
  end(emit: (event: E) => void): void;
}

/** Makes events of the bytes of a stream, however they are cut. */
export interface ByteDecoder<E = ModelEvent> {
  feed(bytes: Uint8Array, emit: (event: E) => void): void;
  /** The stream is over. @throws MODEL_UNAVAILABLE when it was cut before its end */
  end(emit: (event: E) => void): void;
}

/**
 * The events of a body, straight from its bytes: SDKs spend more on their own decoding than on all the rest. All events
 * that came with one read are yielded in a row, those before a failure too.
 * @throws MODEL_TIMEOUT when nothing comes for `idleTimeoutMs`, and what the decoder throws
 */
export async function* readBytes<E = ModelEvent>(
  body: ReadableStream<Uint8Array> | null,
  decoder: ByteDecoder<E>,
  { provider, idleTimeoutMs }: Reading,
): AsyncGenerator<E> {
  let ready: E[] = [];
  const emit = (event: E) => void ready.push(event);
  const reader = (body ?? new Blob([]).stream()).getReader();
  let isLate = false;
  const watchdog = setTimeout(() => {
    isLate = true;
    void reader.cancel().catch(() => undefined);
  }, idleTimeoutMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) throw modelErrors.TIMEOUT({ provider, timeoutMs: idleTimeoutMs });
      watchdog.refresh();
      try {
        if (done) decoder.end(emit);
        else decoder.feed(value, emit);
      } catch (error) {
        yield* ready;
        throw error;
      }
      const events = ready;
      ready = [];
      for (const event of events) yield event;
      if (done) return;
    }
  } finally {
    clearTimeout(watchdog);
    await reader.cancel().catch(() => undefined);
  }
}

function toByteDecoder<E>(decoder: EventDecoder<E>): ByteDecoder<E> {
  const utf8 = new TextDecoder();
  let emit: (event: E) => void = () => undefined;
  const parser = createParser({ onEvent: ({ data, event = 'message' }) => decoder.decode(data, event, emit) });
  return {
    feed(bytes, out) {
      emit = out;
      parser.feed(utf8.decode(bytes, { stream: true }));
    },
    end: (out) => decoder.end(out),
  };
}

/** The events of Server-Sent Events, read by `readBytes`. */
export const readEventStream = <E = ModelEvent>(
  body: ReadableStream<Uint8Array> | null,
  decoder: EventDecoder<E>,
  reading: Reading,
): AsyncGenerator<E> => readBytes(body, toByteDecoder(decoder), reading);

/**
 * The pieces of a stream that an SDK decodes. @throws MODEL_TIMEOUT when nothing comes for `idleTimeoutMs`; the caller then
 * closes the upstream.
 */
export async function* withIdleLimit<T>(
  pieces: AsyncIterable<T>,
  { provider, idleTimeoutMs }: Reading,
): AsyncGenerator<T> {
  const iterator = pieces[Symbol.asyncIterator]();
  let giveUp: (error: Error) => void = () => undefined;
  const late = new Promise<never>((_, reject) => (giveUp = reject));
  late.catch(() => undefined);
  const watchdog = setTimeout(() => giveUp(modelErrors.TIMEOUT({ provider, timeoutMs: idleTimeoutMs })), idleTimeoutMs);
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), late]);
      if (next.done) return;
      watchdog.refresh();
      yield next.value;
    }
  } finally {
    clearTimeout(watchdog);
    // Not awaited: an upstream that is slow to close must not hold up the end of the answer.
    iterator.return?.().catch(() => undefined);
  }
}
