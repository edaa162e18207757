import type { StreamEvent } from '@parley/contracts';
import { createParser } from 'eventsource-parser';
import { offline, streamSilent, toAppError } from './problem-error.ts';

const parseData = (data: string): unknown => JSON.parse(data);

/**
 * The events of a Server-Sent Events body.
 * @throws CLIENT_STREAM_SILENT when not one byte comes for `idleTimeoutMs`, CLIENT_OFFLINE when the connection breaks,
 * and the error of an `event: error` block
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  idleTimeoutMs: number,
): AsyncGenerator<StreamEvent<unknown>, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const ready: StreamEvent<unknown>[] = [];
  let failure: Error | undefined;
  const parser = createParser({
    onEvent({ event, id, data }) {
      if (event === 'error') failure ??= toAppError(parseData(data), 500);
      else ready.push(id === undefined ? { event: parseData(data) } : { id, event: parseData(data) });
    },
  });
  try {
    for (;;) {
      const chunk = await readChunk(reader, idleTimeoutMs);
      if (chunk === undefined) return undefined;
      parser.feed(decoder.decode(chunk, { stream: true }));
      yield* ready.splice(0);
      if (failure) throw failure;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleTimeoutMs: number,
): Promise<Uint8Array | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(streamSilent(idleTimeoutMs)), idleTimeoutMs);
  });
  const chunk = reader.read().catch((error: unknown) => {
    throw isAbort(error) ? error : offline(error);
  });
  try {
    return (await Promise.race([chunk, silent])).value;
  } finally {
    clearTimeout(timer);
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
