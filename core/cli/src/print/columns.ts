import { stripVTControlCharacters } from 'node:util';

const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/** Rows as lines whose cells stand below each other; the last cell of a row is as long as it is. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.slice(0, -1).entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  return rows.map((row) => {
    const cells = row.map((cell, index) =>
      index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)),
    );
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/** Writes lines to standard output. */
export const printLines = (lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};
