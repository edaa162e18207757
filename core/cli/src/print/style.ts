import type { WriteStream } from 'node:tty';

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** Writes text for a terminal; plain text anywhere else. */
export type Style = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

/** Colours where somebody sees them: on a terminal, unless NO_COLOR is set. */
export function createStyle(stream: Partial<Pick<WriteStream, 'isTTY'>> = process.stdout): Style {
  const isSeen = stream.isTTY === true && !process.env['NO_COLOR'];
  const paint = (code: number) => (text: string) => (isSeen && text !== '' ? `\u001B[${code}m${text}\u001B[0m` : text);
  return {
    bold: paint(CODES.bold),
    dim: paint(CODES.dim),
    red: paint(CODES.red),
    green: paint(CODES.green),
    yellow: paint(CODES.yellow),
  };
}
