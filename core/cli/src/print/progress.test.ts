import { describe, expect, it } from '@jest/globals';
import { formatBytes, formatCount, formatDuration, formatMany } from './amounts.ts';
import { createProgressBar } from './progress.ts';

function createStream(fields: { readonly isTTY?: boolean; readonly columns?: number }) {
  const written: string[] = [];
  return { written, stream: { ...fields, write: (text: string) => written.push(text) > 0 } };
}
const step = (done: number) => ({
  label: 'backing up',
  done,
  total: 1_500_000,
  unit: 'records' as const,
  bytes: 227e6,
});

describe('the progress of a command', () => {
  it('is one line of a terminal, which is never longer than the terminal is wide', () => {
    const { written, stream } = createStream({ isTTY: true, columns: 80 });
    let now = 0;
    const bar = createProgressBar(stream, () => now);
    for (let done = 0; done <= 1_500_000; done += 100_000) {
      now += 1_500;
      bar.show(step(done));
    }
    bar.end();
    const lines = written.map((text) => text.replace('\r\u001B[2K', ''));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80);
    expect(lines.at(-2)).toMatch(/^backing up █+ 100% {2}1 500 000 of 1 500 000 records, 227 MB, .*\/s$/);
    expect(lines.at(-1)).toBe('');
    expect(written.join('')).not.toContain('\n');
  });

  it('keeps its words where there is no room for a bar', () => {
    const { written, stream } = createStream({ isTTY: true, columns: 40 });
    createProgressBar(stream, () => 1_000).show(step(300_000));
    expect(written.join('')).toMatch(/backing up {2}20% {4}300 000 of 1 500 000$/);
  });

  it('is a line now and then where nobody watches', () => {
    const { written, stream } = createStream({});
    let now = 0;
    const bar = createProgressBar(stream, () => now);
    for (; now <= 12_000; now += 1_000) bar.show(step(now * 10));
    bar.end();
    expect(written).toEqual([
      'backing up: 50 000 of 1 500 000 records, 227 MB, 10 000/s\n',
      'backing up: 100 000 of 1 500 000 records, 227 MB, 10 000/s\n',
    ]);
  });
});

describe('amounts', () => {
  it('are short', () => {
    expect([0, 999, 1_500, 227_328_722, 3e12].map(formatBytes)).toEqual(['0 B', '999 B', '1.5 kB', '227 MB', '3.0 TB']);
    expect([7, 1_234_567].map(formatCount)).toEqual(['7', '1 234 567']);
    expect([formatMany(1, 'record'), formatMany(0, 'record')]).toEqual(['1 record', '0 records']);
    expect([80, 9_940, 59_400, 200_000].map(formatDuration)).toEqual(['0.1 s', '9.9 s', '59 s', '3 min 20 s']);
  });
});
