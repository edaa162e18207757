import { describe, expect, it } from '@jest/globals';
import { readBytes, readEventStream, withIdleLimit } from './read-stream.ts';
import type { ByteDecoder, EventDecoder } from './read-stream.ts';

const limits = { provider: 'sample', idleTimeoutMs: 60_000 };
const words: EventDecoder = {
  decode: (data, _event, emit) => emit({ type: 'text', text: data }),
  end: (emit) => emit({ type: 'finish', reason: 'stop' }),
};
const collectAll = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
};
const bodyOf = (...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> => ReadableStream.from(chunks);
const bytes = (text: string) => new TextEncoder().encode(text);

describe('readEventStream', () => {
  it('keeps characters whole that were cut in two, wherever the cut is', async () => {
    const whole = bytes('data: Grüße an 世界 👩🏽‍🚀\n\n');
    for (let cut = 1; cut < whole.length; cut += 1) {
      const body = bodyOf(whole.slice(0, cut), whole.slice(cut));
      expect(await collectAll(readEventStream(body, words, limits))).toEqual([
        { type: 'text', text: 'Grüße an 世界 👩🏽‍🚀' },
        { type: 'finish', reason: 'stop' },
      ]);
    }
  });

  it('tells the decoder the name of an event', async () => {
    const names: string[] = [];
    const decoder = { ...words, decode: (_data: string, event: string) => void names.push(event) };
    await collectAll(readEventStream(bodyOf(bytes('event: ping\ndata: 1\n\ndata: 2\n\n')), decoder, limits));
    expect(names).toEqual(['ping', 'message']);
  });

  it('ends when nothing comes any more', async () => {
    const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes('data: a\n\n')) });
    const events = readEventStream(silent, words, { ...limits, idleTimeoutMs: 20 });
    await expect(collectAll(events)).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
  });

  it('lets go of the body when its reader leaves', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes('data: a\n\n')),
      cancel: () => void (isCancelled = true),
    });
    for await (const event of readEventStream(body, words, limits)) if (event.type === 'text') break;
    expect(isCancelled).toBe(true);
  });
});

describe('withIdleLimit', () => {
  it('passes everything on and ends with the source', async () => {
    async function* source() {
      yield 1;
      yield 2;
    }
    expect(await collectAll(withIdleLimit(source(), limits))).toEqual([1, 2]);
  });

  it('ends when nothing comes any more, even from a source that hears nothing', async () => {
    const deaf: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const read = collectAll(withIdleLimit(deaf, { ...limits, idleTimeoutMs: 20 }));
    await expect(read).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
  });
});

describe('readBytes', () => {
  const broken = new Error('broken');
  const letters: ByteDecoder<string> = {
    feed(part, emit) {
      for (const letter of new TextDecoder().decode(part)) {
        if (letter === '!') throw broken;
        emit(letter);
      }
    },
    end: (emit) => emit('.'),
  };

  it('gives what the decoder makes of each read', async () => {
    expect(await collectAll(readBytes(bodyOf(bytes('ab'), bytes('c')), letters, limits))).toEqual(['a', 'b', 'c', '.']);
  });

  it('gives what came before a failure of the decoder, then fails', async () => {
    const seen: string[] = [];
    const read = async () => {
      for await (const letter of readBytes(bodyOf(bytes('ab!c')), letters, limits)) seen.push(letter);
    };
    await expect(read()).rejects.toBe(broken);
    expect(seen).toEqual(['a', 'b']);
  });
});
