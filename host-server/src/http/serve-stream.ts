import type { ServerResponse } from 'node:http';
import { errorFrame } from './sse-frame.ts';
import type { Problem } from '@parley/contracts';

/** Times of a stream, milliseconds. */
export interface StreamTimes {
  /** Between heartbeats. */
  readonly heartbeatMs: number;
  /** How long a reader may leave the socket full. */
  readonly stallMs: number;
  /** How long the headers wait for a first event, so that an early failure still gets its status. */
  readonly openMs: number;
}

/** Times that suit proxies and phones. */
export const STREAM_TIMES: StreamTimes = { heartbeatMs: 15_000, stallMs: 30_000, openMs: 100 };

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** One stream to send. */
export interface StreamReply {
  readonly response: ServerResponse;
  readonly events: AsyncIterable<unknown>;
  readonly frame: (item: unknown) => string;
  /** Aborted when the reader has gone or the server stops. */
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => Problem;
  /** Called with each heartbeat: the moment to look whether the reader may still read. */
  readonly onHeartbeat?: () => void;
  readonly times?: StreamTimes;
}

/**
 * Sends events as they come: one write per item, no further item is asked for while the socket is full.
 * @throws what the handler throws before the first byte was sent; later failures end the stream with `event: error`
 */
export async function serveStream(reply: StreamReply): Promise<void> {
  const { response, events, times = STREAM_TIMES } = reply;
  const iterator = events[Symbol.asyncIterator]();
  const first = iterator.next();
  await settled(first, times.openMs);
  response.writeHead(200, HEADERS);
  response.flushHeaders();
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n');
    reply.onHeartbeat?.();
  }, times.heartbeatMs);
  try {
    await pump(reply, iterator, first, times.stallMs);
  } catch (error) {
    if (!reply.signal.aborted && !response.destroyed) response.write(errorFrame(reply.onError(error)));
  } finally {
    clearInterval(heartbeat);
    iterator.return?.().catch(() => undefined);
    response.end();
  }
}

async function pump(
  { response, frame, signal }: StreamReply,
  iterator: AsyncIterator<unknown>,
  first: Promise<IteratorResult<unknown>>,
  stallMs: number,
): Promise<void> {
  let next = await first;
  while (!next.done && !signal.aborted) {
    if (!response.write(frame(next.value))) await drained(response, stallMs);
    next = await iterator.next();
  }
}

async function settled(first: Promise<unknown>, openMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const opened = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, openMs);
  });
  try {
    await Promise.race([first, opened]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when the socket takes more or is gone; a reader that stalls too long is cut off and comes back by itself. */
function drained(response: ServerResponse, stallMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), stallMs);
    const done = () => {
      clearTimeout(timer);
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
    if (response.destroyed) done();
  });
}
