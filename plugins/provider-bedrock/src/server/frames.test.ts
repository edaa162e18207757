import { describe, expect, it } from '@jest/globals';
import { event, writeFrame } from './fixtures/write-frame.ts';
import { BrokenFrame, Frames } from './frames.ts';

const read = (...parts: readonly Uint8Array[]) => {
  const frames = new Frames();
  const payloads: string[] = [];
  for (const part of parts) frames.feed(part, ({ payload }) => payloads.push(payload.toString()));
  return { payloads, isCut: frames.isCut };
};
const frame = (payload: string) => writeFrame({ ':message-type': 'event' }, payload);

describe('the messages of an event stream', () => {
  it('come whole, wherever the bytes were cut', () => {
    const both = Buffer.concat([frame('Grüße'), frame('世界 👩🏽‍🚀')]);
    for (let cut = 0; cut <= both.length; cut += 1) {
      const { payloads, isCut } = read(both.subarray(0, cut), both.subarray(cut));
      expect(payloads).toEqual(['Grüße', '世界 👩🏽‍🚀']);
      expect(isCut).toBe(false);
    }
  });

  it('come whole byte by byte', () => {
    expect(read(...Array.from(frame('piece by piece'), (byte) => Uint8Array.of(byte))).payloads).toEqual([
      'piece by piece',
    ]);
  });

  it('keep their headers that are text, past all others', () => {
    const others = Buffer.concat([
      Buffer.from([1, 97, 0, 1, 98, 1, 1, 99, 2, 7, 1, 100, 3, 0, 7, 1, 101, 4, 0, 0, 0, 7]),
      Buffer.from([1, 102, 5, ...Array(8).fill(1), 1, 103, 6, 0, 2, 9, 9, 1, 104, 8, ...Array(8).fill(1)]),
      Buffer.from([1, 105, 9, ...Array(16).fill(1)]),
    ]);
    const seen: unknown[] = [];
    new Frames().feed(writeFrame({ ':event-type': 'metadata' }, '', others), ({ headers }) => seen.push(headers));
    expect(seen).toEqual([{ ':event-type': 'metadata' }]);
  });

  it('are refused where a bit is not what it was', () => {
    const whole = event('contentBlockDelta', { delta: { text: 'kit' } });
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8((damaged.at(at) ?? 0) ^ 4, at);
      expect(() => read(damaged)).toThrow(BrokenFrame);
    }
  });

  it('are refused where none begins', () => {
    expect(() => read(Buffer.from('HTTP/1.1 200 OK and so on'))).toThrow(BrokenFrame);
  });

  it('tell that the stream stopped inside one', () => {
    expect(read(frame('x').subarray(0, 20)).isCut).toBe(true);
  });

  it('may be long, and cost no more for coming in many pieces', () => {
    const long = frame('x'.repeat(8 * 1_024 * 1_024));
    const parts = Array.from({ length: Math.ceil(long.length / 4_096) }, (_, index) =>
      long.subarray(index * 4_096, (index + 1) * 4_096),
    );
    expect(read(...parts).payloads[0]).toHaveLength(8 * 1_024 * 1_024);
  });
});
