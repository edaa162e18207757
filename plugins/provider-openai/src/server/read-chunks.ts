import { createParser } from 'eventsource-parser';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { createChunkDecoder } from './chunk-decoder.ts';
import { toModelError } from './provider-errors.ts';

/** One event of the upstream, an event of a failing server included. */
type Payload = ChatCompletionChunk & {
  readonly error?: { readonly code?: string | null; readonly message?: string; readonly type?: string };
};

const parsePayload = (data: string, provider: string): Payload => {
  try {
    return JSON.parse(data) as Payload;
  } catch (cause) {
    throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream holds something that is not JSON' }, cause);
  }
};

/**
 * The model events of a Chat Completions stream, straight from the bytes: the SDK's own decoding costs more than twice
 * as much per piece. All events that came with one read are yielded in a row.
 */
export async function* readChunks(
  response: Response,
  options: { readonly provider: string; readonly idleTimeoutMs: number },
): AsyncGenerator<ModelEvent> {
  const { provider, idleTimeoutMs } = options;
  const decoder = createChunkDecoder(provider);
  let ready: ModelEvent[] = [];
  const emit = (event: ModelEvent) => void ready.push(event);
  const parser = createParser({
    onEvent({ data }) {
      if (data === '[DONE]') return;
      const payload = parsePayload(data, provider);
      if (payload.error) throw toModelError(payload.error, { provider });
      decoder.decode(payload, emit);
    },
  });
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  const utf8 = new TextDecoder();
  let isLate = false;
  const watchdog = setTimeout(() => {
    isLate = true;
    void reader.cancel();
  }, idleTimeoutMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) throw modelErrors.TIMEOUT({ provider, timeoutMs: idleTimeoutMs });
      if (done) break;
      watchdog.refresh();
      parser.feed(utf8.decode(value, { stream: true }));
      const events = ready;
      ready = [];
      yield* events;
    }
    decoder.end(emit);
    yield* ready;
  } finally {
    clearTimeout(watchdog);
    await reader.cancel().catch(() => undefined);
  }
}
