import type { Readable } from 'node:stream';

const MAX_LINE = 4_096;

/** Calls `onLine` with each line a child prints; the rest of a long one is left out. */
export function readOutput(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  let isSkipping = false;
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      if (!isSkipping && rest + line !== '') onLine((rest + line).slice(0, MAX_LINE));
      rest = '';
      isSkipping = false;
    }
    rest += last;
    if (rest.length <= MAX_LINE) return;
    if (!isSkipping) onLine(rest.slice(0, MAX_LINE));
    isSkipping = true;
    rest = '';
  });
  stream.on('end', () => {
    if (rest !== '' && !isSkipping) onLine(rest);
  });
  stream.on('error', () => undefined);
}
