// What of Markdown nobody would say aloud. In this order: code first, since nothing else counts inside of it. What is looked
// for is of limited length or within one line: a text that is made to be slow must not hold up the server.
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^(```|~~~)[^\n]*\n[\s\S]*?(^\1[^\n]*$|$(?![\s\S]))/gm, '\n'],
  [/\$\$[\s\S]{0,1000}?\$\$/g, '\n'],
  [/!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)/g, '$1'],
  [/\[\^[^\]\n]{1,50}\]:?/g, ''],
  [/<(https?:\/\/[^>\s]{1,500})>/g, '$1'],
  [/<\/?[a-zA-Z][^>\n]{0,300}>/g, ''],
  [/^(?=[^\n]*---)[ \t|:-]+$\n?/gm, ''],
  [/^[ \t]*\|(.*)\|[ \t]*$/gm, '$1'],
  [/(?<=\S)[ \t]+\|[ \t]+(?=\S)/g, ', '],
  [/^ {0,3}#{1,6}[ \t]+/gm, ''],
  [/^[ \t]*(>[ \t]?)+/gm, ''],
  [/^[ \t]*[-*+][ \t]+(\[[ xX]\][ \t]+)?/gm, ''],
  [/^[ \t]*([-*_][ \t]*){3,}$/gm, ''],
  [/`+([^`]*)`+/g, '$1'],
  [/(\*\*|__|~~)(?=\S)([^\n]{0,500}?\S)\1/g, '$2'],
  [/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_\n]{0,500}\S)\1(?![\p{L}\p{N}])/gu, '$2'],
  [/\\([!-/:-@[-`{-~])/g, '$1'],
  [/^[ \t]+|(?<![ \t])[ \t]+$/gm, ''],
  [/\n{3,}/g, '\n\n'],
];

/** A text in Markdown as one would read it aloud: without code, formulas, addresses and marks. */
export const toSpokenText = (markdown: string): string =>
  REWRITES.reduce((text, [pattern, by]) => text.replace(pattern, by), markdown).trim();

/** Ends of pieces, the best first: a paragraph, a line, a sentence, a part of one, a word. */
const BREAKS = [/\n\n+/g, /\n/g, /(?<=[.!?…。！？])\s*/gu, /(?<=[,;:，、；])\s*/gu, /\s+/g];

function lastBreak(text: string): number {
  for (const pattern of BREAKS) {
    const ends = [...text.matchAll(pattern)].map((match) => match.index + match[0].length);
    // A break near the beginning would make a piece of almost nothing.
    const end = ends.filter((at) => at > text.length / 4 && at < text.length).at(-1);
    if (end !== undefined) return end;
  }
  // Not inside a character of two units.
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}

/** A text in pieces of at most `maxCharacters`, cut where a reader would breathe; together they are the text. */
export function splitForReading(text: string, maxCharacters: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > maxCharacters) {
    const end = lastBreak(rest.slice(0, maxCharacters));
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== '');
}
